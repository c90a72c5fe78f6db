package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})\\s*(s|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Duration USUAL = Duration.ofDays(1);

    /** More often no survey is released. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final int USUAL_CONNECTIONS = 8;
    private static final int MOST_CONNECTIONS = 64;

    private MirrorKeys() {}

    /** Reads all keys about mirrors: {@code mirrors}, {@code contact} and {@code on-failure}. */
    static Mirrors readAll(YamlMap node, Path data) throws ConfigException {
        Optional<YamlMap> mirrors = node.map("mirrors");
        Optional<String> contact = node.text("contact");
        if (contact.filter(c -> !c.matches("[ -~&&[^();]]{1,200}")).isPresent()) {
            throw node.wrong("contact", "an address of mail or a page, in ASCII characters", contact.get());
        }
        List<ScheduledMirror> all = mirrors.isPresent() ? read(mirrors.get(), data) : List.of();
        return new Mirrors(all, contact, node.texts("on-failure"));
    }

    private static List<ScheduledMirror> read(YamlMap mirrors, Path data) throws ConfigException {
        List<ScheduledMirror> found = new ArrayList<>();
        for (String path : List.copyOf(mirrors.keys())) {
            if (!FileName.isValid(path) || path.startsWith(".") || Routes.RESERVED.contains(path.split("/")[0])) {
                throw mirrors.wrong(path, "a path at which a survey can be served, such as planck/co, as key", path);
            }
            Optional<YamlMap> keys = mirrors.map(path);
            if (keys.isEmpty()) {
                throw mirrors.wrong(path, "keys such as from and every", "nothing");
            }
            found.add(mirror(path, keys.get(), data));
        }
        return found;
    }

    private static ScheduledMirror mirror(String path, YamlMap keys, Path data) throws ConfigException {
        String from = keys.requireText("from");
        WebAddress address = WebAddress.parse(from)
                .filter(a -> !a.hasQuery())
                .orElseThrow(() -> keys.wrong(
                        "from", WebAddress.EXPECTED + " and without query", WebAddress.withoutSecrets(from)));
        ScheduledMirror mirror = new ScheduledMirror(
                path,
                address,
                data.resolve(path),
                every(keys),
                part(keys),
                keys.integer("connections", 1, MOST_CONNECTIONS).orElse(USUAL_CONNECTIONS),
                rate(keys),
                keys.integer("max-delete", 0, 100).orElse((int) MirrorPolicy.USUAL_PERCENT));
        keys.finish();
        return mirror;
    }

    private static Duration every(YamlMap keys) throws ConfigException {
        Optional<String> text = keys.text("every");
        if (text.isEmpty()) {
            return USUAL;
        }
        Matcher m = DURATION.matcher(text.get());
        Duration every = m.matches() ? unit(m.group(2)).multipliedBy(Long.parseLong(m.group(1))) : Duration.ZERO;
        if (every.compareTo(LEAST) < 0) {
            throw keys.wrong("every", "a time of 10 s or more, such as 30 min, 6 h or 1 d", text.get());
        }
        return every;
    }

    private static Duration unit(String name) {
        return UNITS.getOrDefault(name, Duration.ZERO);
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
