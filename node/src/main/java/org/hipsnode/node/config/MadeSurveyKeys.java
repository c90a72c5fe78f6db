package org.hipsnode.node.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.store.FileName;

/** The keys of {@code node.yaml} about surveys that are made here: {@code surveys}, each under its path, and {@code making}. */
final class MadeSurveyKeys {
    /** Beside the surveys, where a scan of them does not look. */
    static final String SOURCES = ".sources";

    private static final String TOP = "/";
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final int USUAL_KEPT = 1;
    static final int MOST_KEPT = 1000;
    private static final int MOST_AT_ONCE = 16;

    private MadeSurveyKeys() {}

    /** What holds for surveys that say nothing else. */
    private record Defaults(Duration every, int keep) {}

    static MadeSurveys read(YamlMap node, Path file, Path data) throws ConfigException {
        Optional<YamlMap> surveys = node.map("surveys");
        Optional<YamlMap> making = node.map("making");
        MadeSurveys none = MadeSurveys.none(data);
        Defaults defaults = new Defaults(USUAL, USUAL_KEPT);
        if (making.isPresent()) {
            defaults = defaults(making.get(), defaults);
            none = settings(making.get(), file, none);
            making.get().finish();
        }
        List<MadeSurveys.Entry> entries = surveys.isPresent() ? entries(surveys.get(), file, defaults) : List.of();
        return new MadeSurveys(entries, none.atOnce(), none.sources(), none.sourcesSize());
    }

    private static Defaults defaults(YamlMap keys, Defaults usual) throws ConfigException {
        return new Defaults(
                every(keys).orElse(usual.every()),
                keys.integer("keep-releases", 0, MOST_KEPT).orElse(usual.keep()));
    }

    private static MadeSurveys settings(YamlMap making, Path file, MadeSurveys usual) throws ConfigException {
        Optional<String> sources = making.text("sources-cache");
        Optional<String> size = making.text("sources-cache-size");
        Optional<Long> bytes = size.flatMap(ByteSize::parse).filter(b -> b > 0);
        if (size.isPresent() && bytes.isEmpty()) {
            throw making.wrong("sources-cache-size", "a size, such as 200 GB", size.get());
        }
        return new MadeSurveys(
                List.of(),
                making.integer("at-once", 1, MOST_AT_ONCE).orElse(usual.atOnce()),
                sources.isPresent() ? place(making, "sources-cache", sources.get(), file) : usual.sources(),
                bytes.isPresent() ? OptionalLong.of(bytes.get()) : OptionalLong.empty());
    }

    private static Optional<Duration> every(YamlMap keys) throws ConfigException {
        Optional<String> text = keys.text("every");
        Optional<Duration> every = text.flatMap(Span::parse).filter(span -> span.compareTo(LEAST) >= 0);
        if (text.isPresent() && every.isEmpty()) {
            throw keys.wrong("every", "a time of 10 s or more, such as 30 min, 6 h or 1 d", text.get());
        }
        return every;
    }

    private static List<MadeSurveys.Entry> entries(YamlMap surveys, Path file, Defaults defaults)
            throws ConfigException {
        List<MadeSurveys.Entry> found = new ArrayList<>();
        for (String path : List.copyOf(surveys.keys())) {
            YamlMap keys = surveys.map(path)
                    .orElseThrow(() -> surveys.wrong(path, "a key definition or definitions", "nothing"));
            found.add(entry(surveys, path, keys, file, defaults));
        }
        return found;
    }

    private static MadeSurveys.Entry entry(YamlMap surveys, String path, YamlMap keys, Path file, Defaults defaults)
            throws ConfigException {
        Optional<String> one = keys.text("definition");
        Optional<String> folder = keys.text("definitions");
        Defaults own = defaults(keys, defaults);
        keys.finish();
        if (one.isPresent() == folder.isPresent()) {
            throw surveys.wrong(
                    path,
                    "either a definition, which is a file, or definitions, which is a folder",
                    one.isPresent() ? "both" : "neither");
        }
        boolean top = path.equals(TOP) && folder.isPresent();
        if (!top && !isServable(path)) {
            throw surveys.wrong(
                    path,
                    "a path at which a survey can be served, such as planck/co, as key; '/' for the definitions of a "
                            + "folder, each at its own name",
                    path);
        }
        return new MadeSurveys.Entry(
                top ? "" : path,
                one.isPresent()
                        ? place(keys, "definition", one.get(), file)
                        : place(keys, "definitions", folder.orElse(""), file),
                folder.isPresent(),
                own.every(),
                own.keep());
    }

    /** Tells whether a survey can be served at a path. */
    static boolean isServable(String path) {
        return FileName.isValid(path) && !path.startsWith(".") && !Routes.RESERVED.contains(path.split("/")[0]);
    }

    private static Path place(YamlMap keys, String key, String text, Path file) throws ConfigException {
        try {
            return file.toAbsolutePath().resolveSibling(text).normalize();
        } catch (InvalidPathException e) {
            throw keys.wrong(key, "a path", text);
        }
    }
}
