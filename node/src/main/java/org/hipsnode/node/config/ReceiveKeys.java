package org.hipsnode.node.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.serve.access.SurveyPattern;
import org.hipsnode.serve.receive.ReceiveRule;
import org.hipsnode.serve.receive.ReceiveSettings;

/** The keys below {@code server.receive}: for each partner, by the name of its credential, what it may push here. */
final class ReceiveKeys {
    private static final String PATHS = "paths of surveys such as planck/co, or the start of one with '*' at its end";

    private static final Duration LEAST_KEEPING = Duration.ofHours(1);

    private ReceiveKeys() {}

    static ReceiveSettings read(YamlMap server) throws ConfigException {
        Optional<YamlMap> receive = server.map("receive");
        if (receive.isEmpty()) {
            return ReceiveSettings.NOBODY;
        }
        if (server.text("credentials").isEmpty()) {
            throw server.wrong("receive", "server.credentials too, where the partners' credentials are", "none");
        }
        List<ReceiveRule> rules = new ArrayList<>();
        for (String partner : List.copyOf(receive.get().keys())) {
            rules.add(rule(partner, receive.get()));
        }
        return new ReceiveSettings(rules);
    }

    private static ReceiveRule rule(String partner, YamlMap receive) throws ConfigException {
        YamlMap keys =
                receive.map(partner).orElseThrow(() -> receive.wrong(partner, "keys surveys and quota", "nothing"));
        List<SurveyPattern> surveys = new ArrayList<>();
        for (String text : keys.texts("surveys")) {
            surveys.add(SurveyPattern.parse(text)
                    .filter(pattern -> !pattern.text().startsWith("ivo:"))
                    .orElseThrow(() -> keys.wrong("surveys", PATHS, text)));
        }
        if (surveys.isEmpty()) {
            throw receive.wrong(partner, "a key surveys with " + PATHS, "none");
        }
        String quota = keys.requireText("quota");
        ReceiveRule rule = new ReceiveRule(
                partner,
                surveys,
                ByteSize.parse(quota)
                        .filter(bytes -> bytes > 0)
                        .orElseThrow(() -> keys.wrong("quota", "a size such as 500 GB", quota)),
                keeping(keys),
                acceptsDefects(keys));
        keys.finish();
        return rule;
    }

    private static Duration keeping(YamlMap keys) throws ConfigException {
        Optional<String> text = keys.text("keep-unfinished");
        return text.isEmpty()
                ? ReceiveRule.USUAL_KEEPING
                : Span.parse(text.get())
                        .filter(span -> span.compareTo(LEAST_KEEPING) >= 0)
                        .orElseThrow(
                                () -> keys.wrong("keep-unfinished", "a time of 1 h or more, such as 7 d", text.get()));
    }

    /** Reads whether releases with damaged tiles are taken all the same. */
    static boolean acceptsDefects(YamlMap keys) throws ConfigException {
        String text = keys.text("accept-defects").orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw keys.wrong("accept-defects", "true or false", text);
        }
        return text.equals("true");
    }
}
