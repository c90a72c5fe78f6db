package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is read at any place by any number of threads at once. Not mapped: what is read counts once, in the arrays where it
 * goes, and a file that loses its end while it is read is an error like any other.
 */
public final class PositionedFile implements Closeable {
    /** Numbers that are read at once. */
    private static final int BUFFERED = 1 << 13;

    private static final ThreadLocal<Buffered> BUFFERS = ThreadLocal.withInitial(Buffered::new);

    private final FileChannel channel;
    private final String name;

    /** Memory outside of the heap, which files are read into without a copy. */
    private static final class Buffered {
        private final ByteBuffer bytes =
                ByteBuffer.allocateDirect(BUFFERED * Integer.BYTES).order(ByteOrder.nativeOrder());
        private final IntBuffer ints = bytes.asIntBuffer();
    }

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
        fill(ByteBuffer.wrap(into, offset, length), position);
    }

    private void fill(ByteBuffer buffer, long position) throws IOException {
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

    /**
     * Reads numbers of four bytes from a place of the file, as they would lie in memory: without the copies that the JVM makes
     * between a file and an array of bytes, which take as long as the reading where runs are short.
     */
    void readInts(long position, int[] into, int offset, int count) throws IOException {
        Buffered buffered = BUFFERS.get();
        for (int done = 0; done < count; ) {
            int now = Math.min(count - done, BUFFERED);
            fill(buffered.bytes.clear().limit(now * Integer.BYTES), position + (long) done * Integer.BYTES);
            buffered.ints.get(0, into, offset + done, now);
            done += now;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
