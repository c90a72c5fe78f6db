package org.hipsnode.generate.image;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rectangular blocks of the pixels of a collection, as stored, those used last kept within a limit of memory; for any number of
 * threads.
 *
 * <p>Blocks are as wide as the image where that makes them long pieces of the file, which most images allow. The memory of a block
 * that nobody uses any more becomes that of the next, since the JVM would take longer to clear it away than to read it.
 */
final class PixelBlocks implements PixelReader {
    private static final int MAX_WIDTH = 2048;
    private static final int PIXELS = 1 << 16;
    private static final int CACHE_LINE = 64;

    /** Free pieces of memory that are kept: images of many sizes would leave many that fit none. */
    private static final int MOST_SPARE = 16;

    private final OpenImages images;
    private final long limit;
    private final Map<Key, Block> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private long size;

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
        private final byte[] data;
        private int users = 1;

        @SuppressWarnings("UnusedVariable") // kept so that the JVM's compilers do not leave out the look at the data
        private int touched;

        Block(byte[] data) {
            this.data = data;
        }
    }

    /** Takes the limit in bytes. */
    PixelBlocks(OpenImages images, long limit) {
        this.images = images;
        this.limit = limit;
    }

    @Override
    public void read(SkyImage image, Spans spans, double[] into, int at, int stride) throws IOException {
        Rectangle part = spans.bounds();
        int blockWidth = Math.min(image.width(), MAX_WIDTH);
        int blockHeight = Math.min(image.height(), Math.max(1, PIXELS / blockWidth));
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
                    block.touched = touch(block.data, image, place, spans);
                    copy(block.data, image, place, spans, into, at, stride);
                } finally {
                    release(block);
                }
            }
        }
    }

    /**
     * Looks at each line of the processor's cache that the next copy is from: so many are fetched at once that it takes half the time
     * in all.
     */
    private static int touch(byte[] block, SkyImage image, Rectangle place, Spans spans) {
        int bytes = image.format().type().bytes();
        int sum = 0;
        int bottom = Math.max(spans.bounds().y(), place.y());
        int top = Math.min(spans.bounds().y() + spans.bounds().height(), place.y() + place.height());
        for (int y = bottom; y < top; y++) {
            int row = (y - place.y()) * place.width() - place.x();
            int end = bytes * (row + Math.min(spans.end(y), place.x() + place.width()));
            for (int i = bytes * (row + Math.max(spans.first(y), place.x())); i < end; i += CACHE_LINE) {
                sum += block[i];
            }
        }
        return sum;
    }

    /** Copies what a block at a place has of a part. */
    private static void copy(
            byte[] block, SkyImage image, Rectangle place, Spans spans, double[] into, int at, int stride) {
        Rectangle part = spans.bounds();
        int bottom = Math.max(part.y(), place.y());
        int top = Math.min(part.y() + part.height(), place.y() + place.height());
        for (int y = bottom; y < top; y++) {
            int left = Math.max(spans.first(y), place.x());
            int right = Math.min(spans.end(y), place.x() + place.width());
            if (left < right) {
                image.format()
                        .readStored(
                                block,
                                (y - place.y()) * place.width() + left - place.x(),
                                into,
                                at + (y - part.y()) * stride + left - part.x(),
                                right - left);
            }
        }
    }

    private Block take(Key key, SkyImage image, Rectangle place) throws IOException {
        int bytes = place.width() * place.height() * image.format().type().bytes();
        byte[] data;
        synchronized (this) {
            Block known = blocks.get(key);
            if (known != null) {
                known.users++;
                return known;
            }
            data = room(bytes);
        }
        images.read(image, place, data);
        return keep(key, new Block(data));
    }

    private byte[] room(int bytes) {
        for (Iterator<byte[]> free = spare.iterator(); free.hasNext(); ) {
            byte[] data = free.next();
            if (data.length == bytes) {
                free.remove();
                return data;
            }
        }
        return new byte[bytes];
    }

    /** Keeps a block; if somebody else has read the same meanwhile, that one. */
    private synchronized Block keep(Key key, Block block) {
        Block known = blocks.putIfAbsent(key, block);
        if (known != null) {
            known.users++;
            spare(block.data);
            return known;
        }
        size += block.data.length;
        for (Iterator<Block> eldest = blocks.values().iterator(); size > limit && eldest.hasNext(); ) {
            Block candidate = eldest.next();
            if (candidate.users == 0) {
                eldest.remove();
                size -= candidate.data.length;
                spare(candidate.data);
            }
        }
        return block;
    }

    private void spare(byte[] data) {
        spare.addFirst(data);
        if (spare.size() > MOST_SPARE) {
            spare.removeLast();
        }
    }

    private synchronized void release(Block block) {
        block.users--;
    }
}
