package org.hipsnode.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads into memory that refuse to go past a limit. */
public final class BoundedReads {
    private BoundedReads() {}

    /** Returns the bytes of a file of at most {@code limit} bytes. */
    public static byte[] readFile(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, limit, file.toString());
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
