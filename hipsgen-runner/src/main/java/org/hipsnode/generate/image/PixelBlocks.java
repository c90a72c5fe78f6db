package org.hipsnode.generate.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Rectangular blocks of the pixels of a collection, as stored, those used last kept within a limit of memory; for any number of
 * threads.
 *
 * <p>Blocks are as wide as the image where that makes them long pieces of the file, which most images allow. They lie outside of the
 * heap, since files are read there without a copy, and a collector would move them. All have the same room, so that the room of a
 * block that nobody uses any more is that of the next, whatever the image.
 */
final class PixelBlocks implements PixelReader, Closeable {
    private static final int MAX_WIDTH = 2048;

    /** Bytes of a block. */
    static final int ROOM = 1 << 18;

    /** Where each thread reads the numbers of a row, which may be of eight bytes. */
    private static final ThreadLocal<byte[]> ROWS = ThreadLocal.withInitial(() -> new byte[MAX_WIDTH * Long.BYTES]);

    /** Rooms that no block of any collection has: what is given back to the system is so only when a collector comes to it. */
    private static final Queue<ByteBuffer> SPARE = new ConcurrentLinkedQueue<>();

    private final OpenImages images;
    private final int most;
    private final Map<Key, Block> blocks = new LinkedHashMap<>(64, 0.75f, true);

    private record Key(SkyImage.Place place, int column, int row) {
        /** By hand: what the JVM makes for records is slow until it is compiled. */
        @Override
        public int hashCode() {
            return 31 * (31 * place.hashCode() + column) + row;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && column == key.column && row == key.row && place.equals(key.place);
        }
    }

    /** Stored numbers, there to be read while somebody uses them. */
    private static final class Block {
        private final ByteBuffer data;
        private int users = 1;

        Block(ByteBuffer data) {
            this.data = data;
        }
    }

    /** Takes the limit in bytes. */
    PixelBlocks(OpenImages images, long limit) {
        this.images = images;
        this.most = (int) (limit / ROOM);
    }

    @Override
    public void read(SkyImage image, Spans spans, double[] into, int at, int stride) throws IOException {
        Rectangle part = spans.bounds();
        int blockWidth = Math.min(image.width(), MAX_WIDTH);
        int blockHeight = ROOM / (blockWidth * image.format().type().bytes());
        int right = part.x() + part.width();
        int top = part.y() + part.height();
        for (int row = part.y() / blockHeight; row * blockHeight < top; row++) {
            for (int column = part.x() / blockWidth; column * blockWidth < right; column++) {
                int x = column * blockWidth;
                int y = row * blockHeight;
                Rectangle place = new Rectangle(
                        x, y, Math.min(blockWidth, image.width() - x), Math.min(blockHeight, image.height() - y));
                Block block = take(new Key(image.place(), column, row), image, place);
                try {
                    copy(block.data, image, place, spans, into, at, stride);
                } finally {
                    release(block);
                }
            }
        }
    }

    /** Copies what a block at a place has of a part. */
    private static void copy(
            ByteBuffer block, SkyImage image, Rectangle place, Spans spans, double[] into, int at, int stride) {
        Rectangle part = spans.bounds();
        int bytes = image.format().type().bytes();
        byte[] row = ROWS.get();
        int bottom = Math.max(part.y(), place.y());
        int top = Math.min(part.y() + part.height(), place.y() + place.height());
        for (int y = bottom; y < top; y++) {
            int left = Math.max(spans.first(y), place.x());
            int right = Math.min(spans.end(y), place.x() + place.width());
            if (left < right) {
                int first = (y - place.y()) * place.width() + left - place.x();
                block.get(first * bytes, row, 0, (right - left) * bytes);
                image.format().readStored(row, 0, into, at + (y - part.y()) * stride + left - part.x(), right - left);
            }
        }
    }

    private Block take(Key key, SkyImage image, Rectangle place) throws IOException {
        synchronized (this) {
            Block known = blocks.get(key);
            if (known != null) {
                known.users++;
                return known;
            }
        }
        ByteBuffer spare = SPARE.poll();
        ByteBuffer data = spare == null ? ByteBuffer.allocateDirect(ROOM) : spare;
        images.read(image, place, data);
        return keep(key, new Block(data));
    }

    /** Keeps a block; if somebody else has read the same meanwhile, that one. */
    private synchronized Block keep(Key key, Block block) {
        Block known = blocks.putIfAbsent(key, block);
        if (known != null) {
            known.users++;
            SPARE.add(block.data);
            return known;
        }
        for (Iterator<Block> eldest = blocks.values().iterator(); blocks.size() > most && eldest.hasNext(); ) {
            Block candidate = eldest.next();
            if (candidate.users == 0) {
                eldest.remove();
                SPARE.add(candidate.data);
            }
        }
        return block;
    }

    private synchronized void release(Block block) {
        block.users--;
    }

    /** Hands the memory of all blocks on. */
    @Override
    public synchronized void close() {
        blocks.values().forEach(block -> SPARE.add(block.data));
        blocks.clear();
    }
}
