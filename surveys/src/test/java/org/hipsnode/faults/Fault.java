package org.hipsnode.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.faults.HonestFolder.Content;
import org.hipsnode.faults.LyingServer.Lie;

/** What can be wrong with the answer to a request for a file. */
public enum Fault {
    ERROR(content -> LyingServer.answer(500, "broken")),
    UNAVAILABLE(content -> LyingServer.answer(503, "busy")),
    TOO_MANY_REQUESTS(content -> LyingServer.answer(429, "slowly", "Retry-After: 1")),
    TRUNCATED(content -> parts(head(content, content.bytes().length), half(content))),
    LENGTH_TOO_LARGE(content -> parts(head(content, content.bytes().length + 7L), content.bytes())),
    LENGTH_TOO_SMALL(content -> parts(head(content, content.bytes().length / 2), content.bytes())),
    STALL(content -> stall(head(content, content.bytes().length), half(content))),
    RESET(content -> LyingServer.reset(head(content, content.bytes().length))),
    REDIRECT_IN_A_CIRCLE(content -> LyingServer.answer(302, "", "Location: ?again")),
    REDIRECT_TO_A_PRIVATE_ADDRESS(content -> LyingServer.answer(302, "", "Location: http://127.0.0.2:9/x")),
    REDIRECT_TO_ANOTHER_HOST(content -> LyingServer.answer(302, "", "Location: http://nowhere.invalid/x")),
    WEB_PAGE(content -> LyingServer.answer(200, "<!DOCTYPE html><title>Please log in</title>")),
    GZIP_BOMB(content -> LyingServer.answer(bomb(), "Content-Encoding: gzip")),
    /** The clock of the server, or of whoever wrote the file there, is a year ahead; the file is right. */
    CLOCK_AHEAD(content -> LyingServer.answer(
            content.bytes(),
            "Date: Thu, 01 Jan 2026 00:00:00 GMT",
            "Last-Modified: Mon, 01 Jan 2096 00:00:00 GMT",
            "ETag: \"ahead\"")),
    SLOW_LORIS(content -> byteByByte(head(content, content.bytes().length), content.bytes())),
    FLIPPED_BYTE(content -> LyingServer.answer(flipped(content), "ETag: \"flipped\""));

    private static final int BOMB = 8 << 20;
    private static final long STALL_MILLIS = 60_000;

    private final Telling telling;

    private interface Telling {
        Lie of(Content content);
    }

    Fault(Telling telling) {
        this.telling = telling;
    }

    /** Returns the answer for a file that has this fault. */
    public Lie of(Content content) {
        return telling.of(content);
    }

    /** Tells whether only a digest can show that something is wrong. */
    public boolean isHiddenWithoutDigest() {
        return this == FLIPPED_BYTE || this == LENGTH_TOO_SMALL;
    }

    private static String head(Content content, long length) {
        return "HTTP/1.1 200 OK\r\n" + content.validators() + "Content-Length: " + length + "\r\n\r\n";
    }

    private static byte[] half(Content content) {
        return Arrays.copyOf(content.bytes(), content.bytes().length / 2);
    }

    private static byte[] flipped(Content content) {
        byte[] bytes = content.bytes().clone();
        if (bytes.length > 0) {
            bytes[bytes.length / 2] ^= 4;
        }
        return bytes;
    }

    private static Lie parts(String head, byte[] body) {
        return (connection, out) -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    private static Lie stall(String head, byte[] body) {
        return (connection, out) -> {
            parts(head, body).tell(connection, out);
            out.flush();
            LyingServer.pause(STALL_MILLIS);
        };
    }

    private static Lie byteByByte(String head, byte[] body) {
        return (connection, out) -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (byte b : body) {
                LyingServer.pause(1000);
                out.write(b);
                out.flush();
            }
        };
    }

    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < BOMB / zeros.length; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes everything", e);
        }
        return packed.toByteArray();
    }
}
