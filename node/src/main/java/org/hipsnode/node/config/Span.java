package org.hipsnode.node.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as a person writes it: {@code 30 min}, {@code 7 d}. */
final class Span {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})\\s*(s|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Span() {}

    /** Reads one; empty if it is none. */
    static Optional<Duration> parse(String text) {
        Matcher m = TEXT.matcher(text);
        return m.matches()
                ? Optional.ofNullable(UNITS.get(m.group(2))).map(unit -> unit.multipliedBy(Long.parseLong(m.group(1))))
                : Optional.empty();
    }
}
