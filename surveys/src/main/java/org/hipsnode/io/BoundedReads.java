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
            byte[] more = in.readNBytes(limit - length);
            if (length + more.length == limit && in.read() >= 0) {
                throw new TooLargeException(file.toString(), limit);
            }
            if (length < content.length || more.length > 0) {
                content = Arrays.copyOf(content, length + more.length);
                System.arraycopy(more, 0, content, length, more.length);
            }
            return content;
        }
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
