package org.hipsnode.serve.origin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of a fetched file, beside it: how to tell that it is whole, and how to ask whether it is still the one.
 *
 * @param sha256 in hexadecimal
 * @param etag and lastModified as the origin sent them
 * @param checked when the origin last said that this is its file
 * @param fresh for how long that counts
 */
record Note(
        long bytes,
        String sha256,
        Optional<String> etag,
        Optional<String> lastModified,
        Instant checked,
        Duration fresh) {
    private static final String FIRST = "hipsnode-cache 1";
    private static final int LONGEST = 8192;

    boolean isFresh(Instant now) {
        // a clock that was set back makes nothing fresh
        return now.isBefore(checked.plus(fresh)) && !now.isBefore(checked.minusSeconds(60));
    }

    Note checkedAt(Instant now, Duration nowFresh) {
        return new Note(bytes, sha256, etag, lastModified, now, nowFresh);
    }

    /** Reads a note; empty if it is none, or not whole. */
    static Optional<Note> parse(String text) {
        if (text.length() > LONGEST || !text.startsWith(FIRST + "\n") || !text.endsWith("\nend\n")) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            values.put(line.substring(0, Math.max(0, blank)), line.substring(blank + 1));
        });
        try {
            return Optional.of(new Note(
                            Long.parseLong(values.getOrDefault("bytes", "")),
                            values.getOrDefault("sha256", ""),
                            Optional.ofNullable(values.get("etag")),
                            Optional.ofNullable(values.get("last-modified")),
                            Instant.ofEpochSecond(seconds(values, "checked")),
                            Duration.ofSeconds(seconds(values, "fresh"))))
                    .filter(note -> note.sha256.matches("[0-9a-f]{64}") && note.bytes >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Reads a number of seconds, of some millennia at most. */
    private static long seconds(Map<String, String> values, String key) {
        long value = Long.parseLong(values.getOrDefault(key, ""));
        if (value < 0 || value > 1L << 40) {
            throw new NumberFormatException(key);
        }
        return value;
    }

    /** Returns the text by which it is kept. */
    @Override
    public String toString() {
        return FIRST + "\nbytes " + bytes + "\nsha256 " + sha256 + "\n"
                + etag.map(e -> "etag " + e + "\n").orElse("")
                + lastModified.map(date -> "last-modified " + date + "\n").orElse("")
                + "checked " + checked.getEpochSecond() + "\nfresh " + fresh.toSeconds() + "\nend\n";
    }
}
