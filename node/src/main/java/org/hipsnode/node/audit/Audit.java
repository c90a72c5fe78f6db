package org.hipsnode.node.audit;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.serve.partner.Fixity;

/**
 * An audit of a survey that has ended.
 *
 * @param flaws what was found; an audit of the past does not tell
 * @param message what was done about it, or why nothing could be done
 */
public record Audit(
        Subject subject,
        Instant start,
        Instant end,
        Result result,
        Fixity.Counts counts,
        List<Flaw> flaws,
        String message) {

    /**
     * What was audited.
     *
     * @param path of the survey
     * @param manifest digest of its manifest's root, by which all else is proven
     * @param content digest of the names and bytes of the files, as that tells it
     */
    public record Subject(
            String path,
            Optional<String> id,
            Optional<String> releaseDate,
            Optional<String> manifest,
            Optional<String> content) {}

    /** How an audit can end. */
    public enum Result {
        GOOD,
        REPAIRED,
        DAMAGED,
        /** There is no manifest to compare with. */
        UNPROVEN,
        /** The survey became another release meanwhile, so nothing is known. */
        CHANGED,
        /** It broke off, so nothing is known. */
        FAILED;

        /** Tells whether it says something about the survey. */
        public boolean isKnown() {
            return this != CHANGED && this != FAILED;
        }

        /** Tells whether every byte is right now. */
        public boolean isRight() {
            return this == GOOD || this == REPAIRED;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Audit {
        flaws = List.copyOf(flaws);
    }

    static final Fixity.Counts NOTHING = new Fixity.Counts(0, 0, 0, 0, 0, 0);

    public String path() {
        return subject.path();
    }

    /** Returns it in a line for people. */
    public String line() {
        return result == Result.GOOD
                ? "good: " + counts.files() + " files are as their manifest says"
                : result.word() + ": " + message;
    }

    /** Returns what the history keeps of it. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("survey", subject.path());
        subject.id().ifPresent(id -> values.put("id", id));
        subject.releaseDate().ifPresent(date -> values.put("hips_release_date", date));
        values.put("start", start.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("end", end.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("result", result.word());
        values.put("message", message);
        subject.manifest().ifPresent(digest -> values.put("manifest", digest));
        subject.content().ifPresent(digest -> values.put("content", digest));
        values.put("files", counts.files());
        values.put("bytes", counts.bytes());
        values.put("damaged", counts.damaged());
        values.put("missing", counts.missing());
        values.put("added", counts.added());
        values.put("repaired", counts.repaired());
        return values;
    }

    /** Reads what the history has kept; empty if it is no audit. */
    public static Optional<Audit> parse(Map<String, String> texts) {
        try {
            return Optional.of(new Audit(
                    new Subject(
                            texts.getOrDefault("survey", ""),
                            Optional.ofNullable(texts.get("id")),
                            Optional.ofNullable(texts.get("hips_release_date")),
                            Optional.ofNullable(texts.get("manifest")),
                            Optional.ofNullable(texts.get("content"))),
                    Instant.parse(texts.getOrDefault("start", "")),
                    Instant.parse(texts.getOrDefault("end", "")),
                    Result.valueOf(texts.getOrDefault("result", "").toUpperCase(Locale.ROOT)),
                    new Fixity.Counts(
                            number(texts, "files"),
                            number(texts, "bytes"),
                            number(texts, "damaged"),
                            number(texts, "missing"),
                            number(texts, "added"),
                            number(texts, "repaired")),
                    List.of(),
                    texts.getOrDefault("message", "")));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, String> texts, String key) {
        return Long.parseLong(texts.getOrDefault(key, "0"));
    }
}
