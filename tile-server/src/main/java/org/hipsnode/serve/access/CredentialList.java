package org.hipsnode.serve.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;

/** The credentials of a node, by name. */
public final class CredentialList {
    public static final CredentialList EMPTY = new CredentialList(List.of());

    /** No colon, which ends the name in basic authentication, and nothing that YAML could take for something else. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._@-]{0,63}");

    /** What is expected where a name is; for messages. */
    static final String NAME_EXPECTED = "a name of 1 to 64 letters, digits, '.', '_', '@' and '-', a letter first";

    private final Map<String, Credential> byName = new LinkedHashMap<>();

    CredentialList(List<Credential> credentials) {
        credentials.forEach(credential -> byName.put(credential.name(), credential));
    }

    /** Reads a file's text; an empty one is an empty list. No message shows a secret, nor a text that may be one. */
    public static CredentialList parse(String text, String file) throws ConfigException {
        if (text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) {
            return EMPTY;
        }
        YamlMap yaml = YamlMap.parse(text, file);
        List<Credential> credentials = new ArrayList<>();
        for (String name : List.copyOf(yaml.keys())) {
            if (!isName(name)) {
                throw yaml.wrong(name, NAME_EXPECTED + " as key", name);
            }
            Optional<YamlMap> entry = yaml.map(name);
            if (entry.isEmpty()) {
                throw yaml.wrong(name, "keys token-hash or password-hash, and surveys", "nothing");
            }
            credentials.add(credential(name, entry.get()));
        }
        return new CredentialList(credentials);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static Credential credential(String name, YamlMap entry) throws ConfigException {
        Optional<String> token = entry.text("token-hash");
        Optional<String> password = entry.text("password-hash");
        List<SurveyPattern> surveys = new ArrayList<>();
        for (String text : entry.texts("surveys")) {
            surveys.add(
                    SurveyPattern.parse(text).orElseThrow(() -> entry.wrong("surveys", SurveyPattern.EXPECTED, text)));
        }
        entry.finish();
        if (token.isPresent() == password.isPresent()) {
            throw entry.wrong("token-hash", "either this key or password-hash", token.isPresent() ? "both" : "neither");
        }
        return new Credential(name, token.isPresent() ? token(entry, token) : password(entry, password), surveys);
    }

    private static SecretHash token(YamlMap entry, Optional<String> text) throws ConfigException {
        return text.flatMap(SecretHash.OfToken::parse)
                .orElseThrow(() -> entry.wrong("token-hash", SecretHash.OfToken.EXPECTED, "..."));
    }

    private static SecretHash password(YamlMap entry, Optional<String> text) throws ConfigException {
        return text.flatMap(SecretHash.OfPassword::parse)
                .orElseThrow(() -> entry.wrong("password-hash", SecretHash.OfPassword.EXPECTED, "..."));
    }

    Optional<Credential> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the credential of a token; every token is compared, so that time tells nothing. */
    Optional<Credential> ofToken(String token) {
        SecretHash.OfToken wanted = SecretHash.OfToken.of(token);
        Optional<Credential> found = Optional.empty();
        for (Credential credential : byName.values()) {
            if (credential.hash() instanceof SecretHash.OfToken hash && hash.isSameAs(wanted)) {
                found = Optional.of(credential);
            }
        }
        return found;
    }

    boolean hasPasswords() {
        return byName.values().stream().anyMatch(c -> c.hash() instanceof SecretHash.OfPassword);
    }

    public int size() {
        return byName.size();
    }
}
