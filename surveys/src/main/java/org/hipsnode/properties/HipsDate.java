package org.hipsnode.properties;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date of a survey, in UTC: written as {@code 2026-11-22T09:30Z} (HiPS 1.0 §4.4.1). */
public record HipsDate(LocalDateTime utc) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:T(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?))?Z?");
    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT);

    /** Reads a date with or without time, seconds and Z; empty if it is none. */
    public static Optional<HipsDate> parse(String text) {
        Matcher m = FORM.matcher(text.trim());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            String time = m.group(2);
            return Optional.of(new HipsDate(
                    time == null
                            ? LocalDate.parse(m.group(1)).atStartOfDay()
                            : LocalDateTime.parse(m.group(1) + "T" + time)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public static HipsDate of(java.time.Instant instant) {
        return new HipsDate(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    @Override
    public String toString() {
        return utc.format(TO_THE_MINUTE);
    }
}
