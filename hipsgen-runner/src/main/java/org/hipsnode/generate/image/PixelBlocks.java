package org.hipsnode.generate.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rectangular blocks of the pixels of a collection, those used last kept within a limit of memory; for any number of threads.
 *
 * <p>Blocks are as wide as the image where that makes them long pieces of the file, which most images allow.
 */
final class PixelBlocks implements Closeable {
    private static final int MAX_WIDTH = 2048;
    private static final int PIXELS = 1 << 16;

    private final OpenImages images = new OpenImages();
    private final long limit;
    private final Map<Key, byte[]> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private long size;

    private record Key(SkyImage.Place place, int column, int row) {}

    /** Takes the limit in bytes. */
    PixelBlocks(long limit) {
        this.limit = limit;
    }

    static int blockWidth(SkyImage image) {
        return Math.min(image.width(), MAX_WIDTH);
    }

    static int blockHeight(SkyImage image) {
        return Math.min(image.height(), Math.max(1, PIXELS / blockWidth(image)));
    }

    /** Returns a block as stored: not to be changed. Those at the far sides are smaller. */
    byte[] block(SkyImage image, int column, int row) throws IOException {
        Key key = new Key(image.place(), column, row);
        byte[] known = find(key);
        if (known != null) {
            return known;
        }
        int x = column * blockWidth(image);
        int y = row * blockHeight(image);
        byte[] read = images.read(
                image,
                x,
                y,
                Math.min(blockWidth(image), image.width() - x),
                Math.min(blockHeight(image), image.height() - y));
        keep(key, read);
        return read;
    }

    private synchronized byte @Nullable [] find(Key key) {
        return blocks.get(key);
    }

    private synchronized void keep(Key key, byte[] block) {
        if (blocks.putIfAbsent(key, block) == null) {
            size += block.length;
        }
        for (Iterator<byte[]> eldest = blocks.values().iterator(); size > limit && eldest.hasNext(); ) {
            size -= eldest.next().length;
            eldest.remove();
        }
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
