package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.store.FileName;
import org.hipsnode.tile.TileFormat;

/** The keys of {@code node.yaml} that declare mirrors, each under the path at which the copy lies and is served. */
final class MirrorKeys {
    private static final Duration USUAL = Duration.ofDays(1);

    /** More often no survey is released. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final int USUAL_CONNECTIONS = 8;
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_AT_ONCE = 16;

    /** So many runs in a row may find nobody before a copy is stale. */
    private static final int MISSED_RUNS = 3;

    private MirrorKeys() {}

    /** What holds for mirrors that say nothing else. */
    private record Defaults(Hours hours, Optional<Duration> staleAfter, OptionalInt keep) {
        static final Defaults NONE = new Defaults(Hours.ALWAYS, Optional.empty(), OptionalInt.empty());
    }

    /**
     * Reads all keys about mirrors: {@code mirrors}, {@code mirroring}, {@code contact}, {@code on-failure}, {@code notify}, {@code pushes}, and those
     * about what is done with them and other surveys again and again.
     */
    static Mirrors readAll(YamlMap node, Path file, Path data) throws ConfigException {
        Optional<YamlMap> mirrors = node.map("mirrors");
        Optional<YamlMap> mirroring = node.map("mirroring");
        Optional<String> contact = node.text("contact");
        if (contact.filter(c -> !c.matches("[ -~&&[^();]]{1,200}")).isPresent()) {
            throw node.wrong("contact", "an address of mail or a page, in ASCII characters", contact.get());
        }
        Defaults defaults = mirroring.isPresent() ? defaults(mirroring.get()) : Defaults.NONE;
        Mirrors.Limits limits = mirroring.isPresent() ? limits(mirroring.get()) : Mirrors.Limits.USUAL;
        Map<String, Duration> verified = new HashMap<>();
        List<ScheduledMirror> all =
                mirrors.isPresent() ? read(mirrors.get(), file, data, defaults, verified) : List.of();
        Set<String> paths = all.stream().map(ScheduledMirror::path).collect(Collectors.toSet());
        return new Mirrors(
                all,
                contact,
                node.texts("on-failure"),
                limits,
                NotifyKeys.read(node, file),
                PushKeys.read(node, file),
                VerifyKeys.read(node, duration(node, VerifyKeys.EVERY), verified, paths));
    }

    private static Defaults defaults(YamlMap mirroring) throws ConfigException {
        return new Defaults(hours(mirroring).orElse(Hours.ALWAYS), duration(mirroring, "stale-after"), keep(mirroring));
    }

    private static OptionalInt keep(YamlMap keys) throws ConfigException {
        return keys.integer("keep-releases", 0, MadeSurveyKeys.MOST_KEPT);
    }

    private static Mirrors.Limits limits(YamlMap mirroring) throws ConfigException {
        Mirrors.Limits limits = new Mirrors.Limits(
                mirroring.integer("at-once", 1, MOST_AT_ONCE).orElse(Mirrors.Limits.USUAL.atOnce()), rate(mirroring));
        mirroring.finish();
        return limits;
    }

    /** Notes how often each is verified that says so itself. */
    private static List<ScheduledMirror> read(
            YamlMap mirrors, Path file, Path data, Defaults defaults, Map<String, Duration> verified)
            throws ConfigException {
        List<ScheduledMirror> found = new ArrayList<>();
        for (String path : List.copyOf(mirrors.keys())) {
            if (!FileName.isValid(path) || path.startsWith(".") || Routes.RESERVED.contains(path.split("/")[0])) {
                throw mirrors.wrong(path, "a path at which a survey can be served, such as planck/co, as key", path);
            }
            Optional<YamlMap> keys = mirrors.map(path);
            if (keys.isEmpty()) {
                throw mirrors.wrong(path, "keys such as from and every", "nothing");
            }
            duration(keys.get(), VerifyKeys.EVERY).ifPresent(every -> verified.put(path, every));
            found.add(mirror(path, keys.get(), file, data, defaults));
        }
        return found;
    }

    private static ScheduledMirror mirror(String path, YamlMap keys, Path file, Path data, Defaults defaults)
            throws ConfigException {
        String from = keys.requireText("from");
        WebAddress address = WebAddress.parse(from)
                .filter(a -> !a.hasQuery())
                .orElseThrow(() -> keys.wrong(
                        "from", WebAddress.EXPECTED + " and without query", WebAddress.withoutSecrets(from)));
        OptionalInt own = keep(keys);
        ScheduledMirror mirror = new ScheduledMirror(
                path,
                address,
                data.resolve(path),
                times(keys, defaults),
                part(keys),
                terms(keys, file),
                own.isPresent() ? own : defaults.keep(),
                keys.integer("max-delete", 0, 100).orElse((int) MirrorPolicy.USUAL_PERCENT));
        keys.finish();
        return mirror;
    }

    private static ScheduledMirror.Times times(YamlMap keys, Defaults defaults) throws ConfigException {
        Duration every = duration(keys, "every").orElse(USUAL);
        Hours hours = hours(keys).orElse(defaults.hours());
        Duration usual = every.multipliedBy(MISSED_RUNS).plus(hours.longestPause());
        return new ScheduledMirror.Times(
                every,
                hours,
                duration(keys, "stale-after").or(defaults::staleAfter).orElse(usual));
    }

    private static ScheduledMirror.Terms terms(YamlMap keys, Path file) throws ConfigException {
        return new ScheduledMirror.Terms(
                keys.integer("connections", 1, MOST_CONNECTIONS).orElse(USUAL_CONNECTIONS),
                rate(keys),
                NotifyKeys.credential(keys, file),
                keys.text("notified-by"));
    }

    /** Reads in which hours something may be done; empty if that is not said. */
    static Optional<Hours> hours(YamlMap keys) throws ConfigException {
        List<Window> windows = new ArrayList<>();
        for (String text : keys.texts("hours")) {
            windows.add(Window.parse(text).orElseThrow(() -> keys.wrong("hours", Window.EXPECTED, text)));
        }
        return windows.isEmpty() ? Optional.empty() : Optional.of(new Hours(windows));
    }

    /** Reads how often something is done, or how long something may take. */
    static Optional<Duration> duration(YamlMap keys, String key) throws ConfigException {
        Optional<String> text = keys.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Duration found = Span.parse(text.get()).orElse(Duration.ZERO);
        if (found.compareTo(LEAST) < 0) {
            throw keys.wrong(key, "a time of 10 s or more, such as 30 min, 6 h or 1 d", text.get());
        }
        return Optional.of(found);
    }

    private static Selection part(YamlMap keys) throws ConfigException {
        int first = keys.integer("min-order", 0, HealpixGrid.MAX_ORDER).orElse(0);
        int last = keys.integer("order", 0, HealpixGrid.MAX_ORDER).orElse(HealpixGrid.MAX_ORDER);
        if (first > last) {
            throw keys.wrong("min-order", "no more than order", first + " and order " + last);
        }
        Set<TileFormat> formats = EnumSet.noneOf(TileFormat.class);
        for (String word : keys.texts("formats")) {
            formats.add(TileFormat.ofWord(word)
                    .orElseThrow(() -> keys.wrong("formats", "some of fits, png, jpeg, webp, tsv", word)));
        }
        return new Selection(first, last, formats, Optional.empty());
    }

    private static Optional<Long> rate(YamlMap keys) throws ConfigException {
        Optional<String> text = keys.text("limit-rate");
        Optional<Long> bytes = text.flatMap(ByteSize::parse).filter(b -> b > 0);
        if (text.isPresent() && bytes.isEmpty()) {
            throw keys.wrong("limit-rate", "bytes a second, such as 5 MB", text.get());
        }
        return bytes;
    }
}
