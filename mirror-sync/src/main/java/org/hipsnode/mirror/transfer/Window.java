package org.hipsnode.mirror.transfer;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A time of day, in the zone of the clock that it is compared with.
 *
 * @param to not itself in it; before {@code from} if it is of the next day; equal to it for the whole day
 */
public record Window(LocalTime from, LocalTime to) {

    /** Reads {@code 22:00-06:00}; empty if it is something else. */
    public static Optional<Window> parse(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Window(LocalTime.parse(ends[0].trim()), LocalTime.parse(ends[1].trim())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private boolean holds(LocalTime time) {
        boolean afterStart = !time.isBefore(from);
        boolean beforeEnd = time.isBefore(to);
        return from.isBefore(to) ? afterStart && beforeEnd : afterStart || beforeEnd;
    }

    private Duration untilStart(ZonedDateTime now) {
        ZonedDateTime start = now.with(from);
        return Duration.between(
                now, start.isAfter(now) ? start : now.plusDays(1).with(from));
    }

    /** Returns how long to wait until one of some windows is open; nothing if one is, or if there are none. */
    static Duration untilOpen(List<Window> windows, ZonedDateTime now) {
        if (windows.stream().anyMatch(window -> window.holds(now.toLocalTime()))) {
            return Duration.ZERO;
        }
        return windows.stream()
                .map(window -> window.untilStart(now))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
