package org.hipsnode.node.schedule;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A push by schedule that has ended.
 *
 * @param to address that the survey has at the other node
 * @param release digest of the manifest there, if that is known
 * @param files that were sent
 * @param bytes of these
 */
record PushRun(
        String survey,
        String to,
        Instant start,
        Instant end,
        Result result,
        String message,
        Optional<String> release,
        long files,
        long bytes) {

    /** How a push can end. */
    enum Result {
        PUBLISHED,
        /** The release was there. */
        UNCHANGED,
        /** The survey is not for that node. */
        LEFT,
        /** Another release was published here meanwhile: that one goes next. */
        OVERTAKEN,
        /** Its hours are over: it is gone on with in the next ones. */
        PAUSED,
        /** Something there is in the way. */
        REFUSED,
        /** Tiles are damaged, here or as they arrived there. */
        DEFECTIVE,
        FAILED;

        boolean isBad() {
            return this == REFUSED || this == DEFECTIVE || this == FAILED;
        }

        /** Tells whether there is something to know of the survey at that node, and not only that the push goes on. */
        boolean isAnEnd() {
            return this != OVERTAKEN && this != PAUSED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tells whether it ended as another did. */
    boolean isLike(PushRun other) {
        return result == other.result && message.equals(other.message);
    }

    /** Returns what the history keeps of it. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("survey", survey);
        values.put("to", to);
        values.put("start", start.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("end", end.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("result", result.word());
        values.put("message", "to " + to + ": " + message);
        release.ifPresent(digest -> values.put("release", digest));
        values.put("files", files);
        values.put("bytes", bytes);
        return values;
    }

    /** Reads what the history has kept; empty if it is none. */
    static Optional<PushRun> parse(Map<String, String> texts) {
        try {
            return Optional.of(new PushRun(
                    texts.getOrDefault("survey", ""),
                    texts.getOrDefault("to", ""),
                    Instant.parse(texts.getOrDefault("start", "")),
                    Instant.parse(texts.getOrDefault("end", "")),
                    Result.valueOf(texts.getOrDefault("result", "").toUpperCase(Locale.ROOT)),
                    texts.getOrDefault("message", "").replaceFirst("^to \\S+: ", ""),
                    Optional.ofNullable(texts.get("release")),
                    0,
                    0));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
