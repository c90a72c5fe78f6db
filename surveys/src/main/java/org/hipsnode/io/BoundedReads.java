package org.hipsnode.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads into memory that refuse to go past a limit. */
public final class BoundedReads {
    private BoundedReads() {}

    /** Returns the bytes of a file of at most {@code limit} bytes. */
    public static byte[] readFile(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // the size spares copies of a growing array; that it is right is not relied upon
            byte[] content = new byte[(int) Math.min(limit, Files.size(file))];
            int length = in.readNBytes(content, 0, content.length);
            int next = length < content.length ? -1 : in.read();
            if (next < 0) {
                return length == content.length ? content : Arrays.copyOf(content, length);
            }
            if (length == limit) {
                throw new TooLargeException(file.toString(), limit);
            }
            return longer(content, next, in, limit, file.toString());
        }
    }

    /** Returns the bytes of a file that has more than its size, as one that is written to. */
    private static byte[] longer(byte[] begin, int next, InputStream in, int limit, String name) throws IOException {
        byte[] rest = in.readNBytes(limit - begin.length - 1);
        if (in.read() >= 0) {
            throw new TooLargeException(name, limit);
        }
        byte[] content = Arrays.copyOf(begin, begin.length + 1 + rest.length);
        content[begin.length] = (byte) next;
        System.arraycopy(rest, 0, content, begin.length + 1, rest.length);
        return content;
    }

    /**
     * Returns the rest of a stream of at most {@code limit} bytes.
     *
     * @param name what the stream is, for the message
     * @throws TooLargeException if there is more; nothing past the limit is kept in memory
     */
    public static byte[] read(InputStream in, int limit, String name) throws IOException {
        byte[] content = in.readNBytes(limit);
        if (content.length == limit && in.read() >= 0) {
            throw new TooLargeException(name, limit);
        }
        return content;
    }
}
