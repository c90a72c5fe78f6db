package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of any size in memory maps of less than 2 GiB each, big-endian.
 *
 * <p>Neighbouring maps overlap by {@link #OVERLAP} bytes, so that a number that starts in one ends in it too.
 */
final class MappedFile implements Closeable {
    private static final int OVERLAP = 16;

    private final FileChannel channel;
    private final ByteBuffer[] maps;
    private final int shift;

    private MappedFile(FileChannel channel, ByteBuffer[] maps, int shift) {
        this.channel = channel;
        this.maps = maps;
        this.shift = shift;
    }

    static MappedFile open(Path file) throws IOException {
        return open(file, 30);
    }

    /**
     * Opens a file.
     *
     * @param shift log2 of the length of each map
     */
    static MappedFile open(Path file, int shift) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long size = channel.size();
            ByteBuffer[] maps = new ByteBuffer[(int) ((size >> shift) + 1)];
            for (int i = 0; i < maps.length; i++) {
                long start = (long) i << shift;
                maps[i] = channel.map(MapMode.READ_ONLY, start, Math.min((1L << shift) + OVERLAP, size - start));
            }
            return new MappedFile(channel, maps, shift);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the map that holds a byte. */
    ByteBuffer map(long position) {
        return maps[(int) (position >> shift)];
    }

    /** Returns the place of a byte in its map. */
    int place(long position) {
        return (int) (position & ((1L << shift) - 1));
    }

    /** Returns how many bytes from a position on lie in one map, its overlap left out. */
    long room(long position) {
        return (1L << shift) - place(position);
    }

    /** Copies bytes; they may lie in several maps. */
    void get(long position, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            long at = position + done;
            int piece = (int) Math.min(length - done, room(at));
            map(at).get(place(at), into, offset + done, piece);
            done += piece;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
