package org.hipsnode.serve.origin;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** For how long an answer counts, by its own headers (RFC 9111 §4.2, §5.2.2). */
final class Freshness {
    /** Shorter would ask the origin for nearly each request, which is what a cache is to spare it. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(30);

    private Freshness() {}

    /** Tells whether an answer must not be kept by a cache that others use too. */
    static boolean isForbidden(Origin.Reply reply) {
        String control = reply.header("Cache-Control").orElse("").toLowerCase(Locale.ROOT);
        return control.matches("(.*[,\\s])?(no-store|private)([,\\s=].*)?");
    }

    /** Returns for how long; what is usual if the answer does not say. */
    static Duration of(Origin.Reply reply, Duration usual) {
        String control = reply.header("Cache-Control").orElse("").toLowerCase(Locale.ROOT);
        if (control.contains("no-cache")) {
            return SHORTEST;
        }
        OptionalLong said = seconds(control, "s-maxage");
        OptionalLong seconds = said.isPresent() ? said : seconds(control, "max-age");
        if (seconds.isEmpty()) {
            return usual;
        }
        long age = number(reply.header("Age").orElse("")).orElse(0);
        Duration left = Duration.ofSeconds(Math.max(0, seconds.getAsLong() - age));
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }

    private static OptionalLong seconds(String control, String name) {
        for (String directive : control.split(",")) {
            String[] parts = directive.trim().split("=", 2);
            if (parts.length == 2 && parts[0].trim().equals(name)) {
                return number(parts[1].replace("\"", "").trim());
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong number(String text) {
        return text.matches("\\d{1,12}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Returns for how long the answer asks not to be asked again; only seconds are understood. */
    static Optional<Duration> retryAfter(Origin.Reply reply) {
        OptionalLong seconds = number(reply.header("Retry-After").orElse(""));
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }
}
