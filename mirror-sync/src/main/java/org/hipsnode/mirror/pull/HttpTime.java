package org.hipsnode.mirror.pull;

import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The times of files as servers tell them (RFC 9110 §5.6.7). */
final class HttpTime {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpTime() {}

    static String text(FileTime time) {
        return FORM.format(time.toInstant());
    }

    static Optional<FileTime> parse(String text) {
        try {
            return Optional.of(FileTime.from(Instant.from(FORM.parse(text))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
