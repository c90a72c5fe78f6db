package org.hipsnode.serve.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.measure.LogBuffer;
import org.hipsnode.serve.measure.RequestCounts;
import org.hipsnode.serve.request.HttpDate;
import org.jspecify.annotations.Nullable;

/** What one event loop needs at each answer: the date, its counts, its lines of the log; belongs to that loop. */
final class LoopState {
    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private final RequestCounts counts;
    private final Optional<LogBuffer> log;
    private final byte[] notFound;
    private String date = "";
    private byte[] ok = new byte[0];
    private byte[] notModified = new byte[0];
    private byte[] missing = new byte[0];

    LoopState(RequestCounts counts, Optional<LogBuffer> log) {
        this.counts = counts;
        this.log = log;
        this.notFound =
                bytes(Heads.lines(Answers.refusal(Resource.Refusal.NOT_FOUND)) + Resource.Refusal.NOT_FOUND.reason());
        tick(Instant.now());
    }

    /** Sets the time, and hands over the log's lines. */
    void tick(Instant now) {
        log.ifPresent(lines -> lines.tick(LOG_TIME.format(now)));
        String next = HttpDate.format(now);
        if (!next.equals(date)) {
            date = next;
            ok = line("200 OK");
            notModified = line("304 Not Modified");
            missing = line("404 Not Found");
        }
    }

    private byte[] line(String status) {
        return bytes("HTTP/1.1 " + status + "\r\nDate: " + date + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String date() {
        return date;
    }

    /** Returns the first lines of a response: 200, 304 or 404. */
    byte[] status(int status) {
        return switch (status) {
            case 200 -> ok;
            case 304 -> notModified;
            default -> missing;
        };
    }

    /** Returns the rest of a 404 after its first lines. */
    byte[] notFound() {
        return notFound;
    }

    /** Counts an answer to a request of the plainest kind and writes it into the log. */
    void done(PlainRequest request, String client, Kind kind, int status, long bytes, long start) {
        counts.add(kind, status, bytes, System.nanoTime() - start);
        if (log.isPresent()) {
            log.get().add(client, "GET", request.path(), "HTTP/1.1", status, bytes, request.referer(), request.agent());
        }
    }

    /** Counts an answer and writes it into the log. */
    void done(Line line, Kind kind, int status, long bytes, long start) {
        counts.add(kind, status, bytes, System.nanoTime() - start);
        log.ifPresent(lines -> lines.add(
                line.client(),
                line.method(),
                line.target(),
                line.version(),
                status,
                bytes,
                line.referer(),
                line.agent()));
    }

    /** What the log tells of a request. */
    record Line(
            String client,
            String method,
            String target,
            String version,
            @Nullable String referer,
            @Nullable String agent) {}
}
