package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a client's request says after the path, if that is of the plainest kind: most of its requests say the same.
 *
 * <p>Only what is known to change no answer is let through; whatever is unusual in name or form is for the decoder.
 */
final class ClientHead {
    static final ClientHead NONE = new ClientHead(new byte[0], null, null, null);

    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_BYTES = 8 << 10;

    /** Headers that browsers, scripts and proxies send and that change nothing in an answer from this server. */
    private static final Set<String> HARMLESS = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "cookie",
            "dnt",
            "origin",
            "pragma",
            "priority",
            "te",
            "via");

    private final ByteBuf bytes;
    private final @Nullable String etag;
    private final @Nullable String referer;
    private final @Nullable String agent;

    private ClientHead(byte[] bytes, @Nullable String etag, @Nullable String referer, @Nullable String agent) {
        this.bytes = Unpooled.wrappedBuffer(bytes);
        this.etag = etag;
        this.referer = referer;
        this.agent = agent;
    }

    /** Tells whether a request's bytes from a place to their end are this. */
    boolean isRestOf(ByteBuf request, int from) {
        int length = request.writerIndex() - from;
        return length > 0 && length == bytes.capacity() && ByteBufUtil.equals(request, from, bytes, 0, length);
    }

    PlainRequest with(String path) {
        return new PlainRequest(path, etag, referer, agent);
    }

    /** Reads the end of a request, from the blank after its path on; null if it is not of the plainest kind. */
    static @Nullable ClientHead parse(byte[] bytes) {
        return bytes.length > MOST_BYTES ? null : new Reader(bytes).read();
    }

    /** Goes through the lines of a head. */
    private static final class Reader {
        private final byte[] bytes;
        private int at = VERSION.length;
        private @Nullable String host;
        private @Nullable String etag;
        private @Nullable String referer;
        private @Nullable String agent;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        @Nullable ClientHead read() {
            if (!startsWith(VERSION)) {
                return null;
            }
            while (!isLineEnd(at)) {
                if (!takeLine()) {
                    return null;
                }
            }
            boolean whole = at + 2 == bytes.length && host != null;
            return whole ? new ClientHead(bytes, etag, referer, agent) : null;
        }

        private boolean startsWith(byte[] start) {
            return bytes.length > start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
        }

        private boolean isLineEnd(int index) {
            return index + 1 < bytes.length && bytes[index] == '\r' && bytes[index + 1] == '\n';
        }

        /** Takes a line; false if it is none, or not harmless. */
        private boolean takeLine() {
            int colon = endOfName();
            if (colon == at || colon >= bytes.length || bytes[colon] != ':') {
                return false;
            }
            int end = endOfValue(colon + 1);
            if (!isLineEnd(end)) {
                return false;
            }
            String name = text(at, colon).toLowerCase(Locale.ROOT);
            String value = text(colon + 1, end).trim();
            at = end + 2;
            return accept(name, value);
        }

        private int endOfName() {
            int end = at;
            while (end < bytes.length && isNameByte(bytes[end])) {
                end++;
            }
            return end;
        }

        private static boolean isNameByte(byte b) {
            return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-';
        }

        private int endOfValue(int from) {
            int end = from;
            while (end < bytes.length && bytes[end] >= ' ' && bytes[end] < 127) {
                end++;
            }
            return end;
        }

        private String text(int from, int to) {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }

        private boolean accept(String name, String value) {
            switch (name) {
                case "host" -> {
                    boolean first = host == null;
                    host = value;
                    return first;
                }
                case "if-none-match" -> {
                    boolean first = etag == null;
                    etag = value;
                    return first;
                }
                case "referer" -> referer = referer == null ? value : referer;
                case "user-agent" -> agent = agent == null ? value : agent;
                case "connection" -> {
                    return value.equalsIgnoreCase("keep-alive");
                }
                default -> {
                    return HARMLESS.contains(name) || name.startsWith("sec-");
                }
            }
            return true;
        }
    }
}
