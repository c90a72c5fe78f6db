package org.hipsnode.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipsnode.io.Digests;

/** The answers of an honest server of a folder: whole files, conditions obeyed, connections kept. */
public final class HonestFolder implements LyingServer.Answers {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Supplier<Path> folder;
    private volatile boolean tagged;

    /**
     * Serves what is in a folder when it is asked.
     *
     * @param folder may be another by the next request
     */
    public HonestFolder(Supplier<Path> folder) {
        this.folder = folder;
    }

    /** From now on tells versions of files by weak ETags, and no times. */
    public void tellTagsOnly() {
        tagged = true;
    }

    /** A file as it is served. */
    public static final class Content {
        private final byte[] bytes;
        private final Instant time;
        private final boolean tagged;

        Content(byte[] bytes, Instant time, boolean tagged) {
            this.bytes = bytes;
            this.time = time;
            this.tagged = tagged;
        }

        byte[] bytes() {
            return bytes;
        }

        /** Returns the lines that tell of this version of the file. */
        public String validators() {
            String told = tagged ? "" : "Last-Modified: " + TIME.format(time) + "\r\n";
            return told + "ETag: " + etag() + "\r\n";
        }

        private String etag() {
            return (tagged ? "W/" : "") + "\"" + Digests.sha256(bytes).substring(0, 16) + "\"";
        }
    }

    /** An answer after which the connection goes on. */
    private static final class Answer implements LyingServer.Lie {
        private final String head;
        private final byte[] body;

        Answer(String head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        @Override
        public void tell(Socket connection, OutputStream out) throws IOException {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        }

        @Override
        public boolean keepsConnection() {
            return true;
        }
    }

    /** Returns what lies where a request points. */
    public Optional<Content> content(Request request) throws IOException {
        Path file = folder.get().resolve(request.path().substring(1));
        return Files.isRegularFile(file)
                ? Optional.of(new Content(
                        Files.readAllBytes(file),
                        Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS),
                        tagged))
                : Optional.empty();
    }

    @Override
    public LyingServer.Lie to(Request request) throws IOException {
        Optional<Content> content = content(request);
        if (content.isEmpty()) {
            return new Answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", new byte[0]);
        }
        String validators = content.get().validators();
        if (isKnown(request, content.get())) {
            return new Answer("HTTP/1.1 304 Not Modified\r\n" + validators + "\r\n", new byte[0]);
        }
        byte[] bytes = content.get().bytes();
        return new Answer("HTTP/1.1 200 OK\r\n" + validators + "Content-Length: " + bytes.length + "\r\n\r\n", bytes);
    }

    /** A tag counts more than a time; what is older than a time is not newer (RFC 9110 §13.1.3). */
    private static boolean isKnown(Request request, Content content) {
        Optional<String> tag = request.header("If-None-Match");
        if (tag.isPresent()) {
            return tag.get().equals(content.etag());
        }
        return request.header("If-Modified-Since")
                .map(text -> Instant.from(TIME.parse(text)))
                .filter(time -> !content.time.isAfter(time))
                .isPresent();
    }
}
