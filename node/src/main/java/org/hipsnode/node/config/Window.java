package org.hipsnode.node.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A time of day, on some days of the week, such as {@code Mon-Fri 22:00-06:00 Europe/Paris}.
 *
 * <p>One that ends no later than it begins goes over midnight, and belongs to the day on which it begins. Where clocks are put
 * forward, a time that is left out counts as the same time by the clock that was not put forward; where they are put back, a time that
 * comes twice is the first of both.
 *
 * @param days on which it begins
 * @param until midnight for the end of the day
 */
record Window(Set<DayOfWeek> days, LocalTime from, LocalTime until, ZoneId zone) {
    static final String EXPECTED = "hours such as 22:00-06:00 in UTC, or Mon-Fri 22:00-06:00 Europe/Paris";

    private static final Pattern TEXT = Pattern.compile(
            "(?:([A-Za-z]{3})(?:-([A-Za-z]{3}))? +)?(\\d\\d:\\d\\d) ?- ?(\\d\\d:\\d\\d)(?: +(\\S{1,64}))?");
    private static final String END_OF_DAY = "24:00";

    public Window {
        days = Collections.unmodifiableSet(days.isEmpty() ? EnumSet.noneOf(DayOfWeek.class) : EnumSet.copyOf(days));
        if (days.isEmpty()) {
            throw new IllegalArgumentException("days: expected at least one, found none");
        }
    }

    /** From when until when a window is open; the end does not belong to it. */
    record Span(Instant from, Instant until) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** Reads a window; empty if it is none. */
    static Optional<Window> parse(String text) {
        Matcher m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            String until = m.group(4).equals(END_OF_DAY) ? "00:00" : m.group(4);
            ZoneId zone = m.group(5) == null ? ZoneOffset.UTC : ZoneId.of(m.group(5));
            return days(m.group(1), m.group(2))
                    .map(days -> new Window(days, LocalTime.parse(m.group(3)), LocalTime.parse(until), zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Set<DayOfWeek>> days(String first, String last) {
        if (first == null) {
            return Optional.of(EnumSet.allOf(DayOfWeek.class));
        }
        Optional<DayOfWeek> begin = day(first);
        Optional<DayOfWeek> end = last == null ? begin : day(last);
        if (begin.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = EnumSet.of(end.get());
        for (DayOfWeek day = begin.get(); day != end.get(); day = day.plus(1)) {
            days.add(day);
        }
        return Optional.of(days);
    }

    private static Optional<DayOfWeek> day(String word) {
        return Stream.of(DayOfWeek.values())
                .filter(day ->
                        day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(word))
                .findFirst();
    }

    /** Returns when the window is open that begins on a day; empty if none does. */
    Optional<Span> on(LocalDate day) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        LocalDate last = until.isAfter(from) ? day : day.plusDays(1);
        Span span = new Span(
                day.atTime(from).atZone(zone).toInstant(),
                last.atTime(until).atZone(zone).toInstant());
        // none is left of one that lies in the hour by which clocks are put forward
        return span.from().isBefore(span.until()) ? Optional.of(span) : Optional.empty();
    }

    /** Returns the spans that begin in the days around a moment: from the day before it to some days later, in their order. */
    Stream<Span> around(Instant at, int daysLater) {
        LocalDate day = at.atZone(zone).toLocalDate().minusDays(1);
        return Stream.iterate(day, d -> d.plusDays(1)).limit(daysLater + 2L).flatMap(d -> on(d).stream());
    }
}
