package org.hipsnode.mirror.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a server said of the version of a file that it gave, so that it can be asked for a newer one only (RFC 9110 §8.8). */
public record Validators(Optional<String> etag, Optional<String> lastModified) {
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    /**
     * Takes what an answer told. A file that was changed in the very second of the answer may change once more within it, so that time
     * tells no version (RFC 9110 §8.8.2.2), nor does a tag that is made of it, as nginx's is.
     */
    static Validators of(Optional<String> etag, Optional<String> lastModified, Optional<String> date) {
        return lastModified.isEmpty() || !lastModified.equals(date)
                ? new Validators(etag, lastModified)
                : new Validators(etag.filter(tag -> !isMadeOf(tag, lastModified.get())), Optional.empty());
    }

    private static boolean isMadeOf(String tag, String time) {
        try {
            long second = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time))
                    .getEpochSecond();
            return tag.contains(Long.toHexString(second));
        } catch (DateTimeException e) {
            return true;
        }
    }
}
