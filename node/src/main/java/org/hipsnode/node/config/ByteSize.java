package org.hipsnode.node.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them, such as {@code 200 MiB}. */
public final class ByteSize {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*([KMGT]i?B|B)");
    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "KB", 1000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KIB", 1L << 10,
            "MIB", 1L << 20,
            "GIB", 1L << 30,
            "TIB", 1L << 40);

    private ByteSize() {}

    /** Reads a size in bytes; empty if it is none. */
    public static Optional<Long> parse(String text) {
        Matcher m = TEXT.matcher(text);
        return m.matches()
                ? Optional.ofNullable(UNITS.get(m.group(2).toUpperCase(Locale.ROOT)))
                        .map(unit -> unit * Long.parseLong(m.group(1)))
                : Optional.empty();
    }
}
