package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is read at any place by any number of threads at once. Not mapped: what is read counts once, in the arrays where it
 * goes, and a file that loses its end while it is read is an error like any other.
 */
public final class PositionedFile implements Closeable {
    private final FileChannel channel;
    private final String name;

    private PositionedFile(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    /**
     * Opens a file.
     *
     * @param name what messages call it
     */
    public static PositionedFile open(Path file, String name) throws IOException {
        return new PositionedFile(FileChannel.open(file, StandardOpenOption.READ), name);
    }

    /** Reads bytes from a place of the file. */
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException(
                        "'" + name + "' became shorter while it was read: leave it alone and start again");
            }
            at += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
