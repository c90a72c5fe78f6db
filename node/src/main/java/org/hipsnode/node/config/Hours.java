package org.hipsnode.node.config;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When mirrors and pushes may run: in any of some windows.
 *
 * @param windows none for always
 */
public record Hours(List<Window> windows) {
    public static final Hours ALWAYS = new Hours(List.of());

    /** Every window begins once a week at least, but for one that falls into the hour by which clocks are put forward. */
    private static final int MOST_DAYS = 15;

    public Hours {
        windows = List.copyOf(windows);
    }

    public boolean isOpen(Instant at) {
        return windows.isEmpty() || spans(at).anyMatch(span -> span.holds(at));
    }

    /** Returns when to begin what is due at a moment: then, or when the next window opens. */
    public Instant opening(Instant at) {
        return isOpen(at)
                ? at
                : spans(at)
                        .map(Window.Span::from)
                        .filter(from -> from.isAfter(at))
                        .min(Comparator.naturalOrder())
                        .orElse(at.plus(Duration.ofDays(MOST_DAYS)));
    }

    /** Returns when a window closes that is open at a moment; empty if that is more than two weeks away, and at once if none is open. */
    public Optional<Instant> closing(Instant at) {
        if (windows.isEmpty()) {
            return Optional.empty();
        }
        List<Window.Span> spans = spans(at).toList();
        Instant end = at;
        Optional<Instant> later = later(spans, end);
        while (later.isPresent()) {
            end = later.get();
            later = later(spans, end);
        }
        return end.isAfter(at.plus(Duration.ofDays(MOST_DAYS - 1))) ? Optional.empty() : Optional.of(end);
    }

    private static Optional<Instant> later(List<Window.Span> spans, Instant at) {
        return spans.stream()
                .filter(span -> span.holds(at))
                .map(Window.Span::until)
                .max(Comparator.naturalOrder());
    }

    private Stream<Window.Span> spans(Instant at) {
        return windows.stream().flatMap(window -> window.around(at, MOST_DAYS));
    }

    /** Returns a time that no pause between windows is longer than. */
    public Duration longestPause() {
        if (windows.isEmpty()) {
            return Duration.ZERO;
        }
        boolean daily = windows.stream().anyMatch(window -> window.days().size() == DayOfWeek.values().length);
        return Duration.ofDays(daily ? 2 : 8);
    }
}
