package org.hipsnode.serve.measure;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The access log's lines of one event loop, in the combined format that Apache and nginx write; belongs to that loop.
 *
 * <p>What clients say is written so that nobody can add a line or end a field with it.
 */
public final class LogBuffer {
    private static final int BYTES = 1 << 16;

    /** No line is longer: what clients say is cut. */
    private static final int MAX_FIELD = 1024;

    private static final int MAX_LINE = 4 * (5 * MAX_FIELD) + 512;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final AccessLog log;
    private byte[] bytes = new byte[BYTES];
    private int length;
    private byte[] time = new byte[0];

    LogBuffer(AccessLog log) {
        this.log = log;
    }

    /** Sets the time that lines carry from now on, and hands over what is there. */
    public void tick(String now) {
        time = ("[" + now + "] \"").getBytes(StandardCharsets.US_ASCII);
        flush();
    }

    /** Adds a line. */
    public void add(
            String client,
            String method,
            String target,
            String version,
            int status,
            long sent,
            @Nullable String referer,
            @Nullable String agent) {
        if (BYTES - length < MAX_LINE) {
            flush();
        }
        escape(client);
        copy(DASHES);
        copy(time);
        escape(method);
        bytes[length++] = ' ';
        escape(target);
        bytes[length++] = ' ';
        escape(version);
        bytes[length++] = '"';
        bytes[length++] = ' ';
        number(status);
        bytes[length++] = ' ';
        number(sent);
        field(referer);
        field(agent);
        bytes[length++] = '\n';
    }

    private static final byte[] DASHES = " - - ".getBytes(StandardCharsets.US_ASCII);

    private void copy(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void field(@Nullable String text) {
        bytes[length++] = ' ';
        bytes[length++] = '"';
        escape(text == null || text.isEmpty() ? "-" : text);
        bytes[length++] = '"';
    }

    private void escape(String text) {
        int end = Math.min(text.length(), MAX_FIELD);
        byte[] to = bytes;
        int at = length;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                to[at++] = (byte) c;
            } else {
                to[at++] = '\\';
                to[at++] = 'x';
                to[at++] = HEX[c >> 4 & 15];
                to[at++] = HEX[c & 15];
            }
        }
        length = at;
    }

    private void number(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Hands over what is there. */
    void flush() {
        if (length > 0) {
            bytes = log.exchange(bytes, length);
            length = 0;
        }
    }
}
