package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.node.config.ScheduledMirror;

/**
 * A run of a mirror that has ended.
 *
 * @param mirror path of the copy
 * @param from address of the source
 * @param releaseDate of the release that the source has, as it says it
 * @param done what was done; empty if that cannot be told
 */
record Run(
        String mirror,
        String from,
        Span span,
        Result result,
        String message,
        Optional<String> releaseDate,
        Optional<MirrorReport.Done> done) {

    /** When it began and ended. */
    record Span(Instant start, Instant end) {
        Duration length() {
            return Duration.between(start, end);
        }
    }

    /** How a run can end. */
    enum Result {
        UNCHANGED,
        PUBLISHED,
        /** Its hours were over; it goes on in the next ones. */
        PAUSED,
        INCOMPLETE,
        DEFECTIVE,
        FAILED;

        /** Tells whether the copy is what the source has. */
        boolean isGood() {
            return this == UNCHANGED || this == PUBLISHED;
        }

        boolean isBad() {
            return this == INCOMPLETE || this == DEFECTIVE || this == FAILED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Run reported(ScheduledMirror mirror, Span span, MirrorReport report) {
        return new Run(
                mirror.path(),
                mirror.from().toString(),
                span,
                Result.valueOf(report.result().name()),
                message(report),
                report.releaseDate(),
                Optional.of(report.done()));
    }

    static Run broken(ScheduledMirror mirror, Span span, Result result, String message) {
        return new Run(
                mirror.path(), mirror.from().toString(), span, result, message, Optional.empty(), Optional.empty());
    }

    private static String message(MirrorReport report) {
        String date = report.releaseDate().map(d -> "release of " + d + ", ").orElse("");
        String missing = report.missing().isEmpty() ? "" : "; missing: " + String.join(", ", report.missing());
        String warning = report.aboutSource().stream()
                .map(finding -> "; " + finding.message())
                .collect(Collectors.joining());
        return date + report.done().fetched() + " files fetched, "
                + report.done().kept() + " kept, " + report.done().deleted() + " deleted" + missing + warning;
    }

    /** Tells whether every byte of what is here since then came by this run, and so was verified by it. */
    boolean verified() {
        return result == Result.PUBLISHED && done.filter(d -> d.kept() == 0).isPresent();
    }

    /** Returns what the history keeps of it. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mirror", mirror);
        values.put("from", from);
        values.put("start", span.start().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("end", span.end().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("result", result.word());
        values.put("message", message);
        releaseDate.ifPresent(date -> values.put("hips_release_date", date));
        done.ifPresent(d -> {
            values.put("fetched", d.fetched());
            values.put("bytes", d.bytes());
            values.put("kept", d.kept());
            values.put("deleted", d.deleted());
        });
        return values;
    }

    private static Optional<MirrorReport.Done> done(Map<String, String> texts) {
        return texts.containsKey("kept")
                ? Optional.of(new MirrorReport.Done(
                        Long.parseLong(texts.getOrDefault("fetched", "0")),
                        Long.parseLong(texts.getOrDefault("bytes", "0")),
                        Long.parseLong(texts.getOrDefault("kept", "0")),
                        Long.parseLong(texts.getOrDefault("deleted", "0")),
                        0,
                        0,
                        Optional.empty()))
                : Optional.empty();
    }

    /** Reads what the history has kept; empty if it is no run. */
    static Optional<Run> parse(Map<String, String> texts) {
        try {
            return Optional.of(new Run(
                    texts.getOrDefault("mirror", ""),
                    texts.getOrDefault("from", ""),
                    new Span(
                            Instant.parse(texts.getOrDefault("start", "")),
                            Instant.parse(texts.getOrDefault("end", ""))),
                    Result.valueOf(texts.getOrDefault("result", "").toUpperCase(Locale.ROOT)),
                    texts.getOrDefault("message", ""),
                    Optional.ofNullable(texts.get("hips_release_date")),
                    done(texts)));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
