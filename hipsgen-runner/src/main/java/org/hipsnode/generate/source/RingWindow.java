package org.hipsnode.generate.source;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hipsnode.healpix.HealpixGrid;

/**
 * A square of pixels of a RING map, read whole, from which tiles are cut.
 *
 * <p>Along a line of the square where x + y is constant, pixels follow each other in one ring, so each such run is found by one
 * computation and read at once; the window keeps the runs one after the other. The larger the window, the longer the runs.
 */
final class RingWindow {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final StretchOfSky pixels;
    private final HealpixGrid grid;
    private final long firstNested;
    private final int width;
    private final int size;
    private final byte[] numbers;

    /** For each x + y in the window, the place in {@link #numbers} of the pixel with x = 0, whether or not it is in the window. */
    private final int[] places;

    private final boolean any;

    /**
     * Reads a window.
     *
     * @param missing the number of pixels that the map lacks, at the front of an array
     */
    RingWindow(StretchOfSky pixels, HealpixGrid grid, long firstNested, int width, byte[] missing) throws IOException {
        this.pixels = pixels;
        this.grid = grid;
        this.firstNested = firstNested;
        this.width = width;
        this.size = pixels.size();
        this.numbers = new byte[width * width * size];
        this.places = new int[2 * width - 1];
        if (!pixels.covers(grid)) {
            StretchOfSky.fill(numbers, missing, size);
        }
        this.any = read();
    }

    private boolean read() throws IOException {
        int cell = grid.baseCell(firstNested);
        long x0 = grid.x(firstNested);
        long y0 = grid.y(firstNested);
        boolean found = false;
        int place = 0;
        for (int sum = 0; sum < places.length; sum++) {
            int x = Math.max(0, sum - width + 1);
            int count = Math.min(sum, width - 1) - x + 1;
            long ring = grid.ringOf(cell, x0 + x, y0 + sum - x);
            long first = grid.ringNumber(cell, x0 + x, y0 + sum - x);
            int beforeWrap = (int) Math.min(count, grid.ringStart(ring) + grid.ringLength(ring) - first);
            found |= pixels.copy(first, beforeWrap, numbers, place);
            if (beforeWrap < count) {
                found |= pixels.copy(grid.ringStart(ring), count - beforeWrap, numbers, place + beforeWrap);
            }
            places[sum] = place - x;
            place += count;
        }
        return found;
    }

    /** Tells whether a square of pixels lies in the window. */
    boolean holds(long first, int tileWidth) {
        return first >= firstNested && first + (long) tileWidth * tileWidth <= firstNested + (long) width * width;
    }

    /** Copies a square of the window; false if the map has no pixel of the window. */
    boolean cut(long first, int tileWidth, byte[] data) {
        int x0 = (int) (grid.x(first) - grid.x(firstNested));
        int y0 = (int) (grid.y(first) - grid.y(firstNested));
        for (int x = 0; any && x < tileWidth; x++) {
            cutLine(x0 + x, y0, tileWidth, data, (tileWidth - 1 - x) * tileWidth);
        }
        return any;
    }

    /** Copies the pixels of one x, which are a line of a tile. */
    private void cutLine(int x, int y, int count, byte[] data, int to) {
        if (size == Integer.BYTES) {
            for (int i = 0; i < count; i++) {
                int value = (int) INTS.get(numbers, Integer.BYTES * (places[x + y + i] + x));
                INTS.set(data, Integer.BYTES * (to + i), value);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(numbers, size * (places[x + y + i] + x), data, size * (to + i), size);
        }
    }
}
