package org.hipsnode.generate.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.tile.PixelOrder;

/**
 * A square of pixels of a RING map, read whole, from which tiles are cut: one thread's, which moves it over the sky.
 *
 * <p>Along a line of the square where x + y is constant, pixels follow each other in one ring, so each such run is found by one
 * computation and read at once; the window keeps the runs one after the other. The larger the window, the longer the runs.
 */
final class RingWindow {
    /** Lines are cut a piece of this many pixels at a time: so much of each run is still in the fastest cache for the next line. */
    private static final int PIECE = 64;

    private final StretchOfSky pixels;
    private final HealpixGrid grid;
    private final int size;
    private long firstNested;

    /** Pixels along the side; 0 before anything is read. */
    private int width;

    /** For each x + y in the window, the place among the numbers of the pixel with x = 0, whether or not it is in the window. */
    private int[] places = {};

    /** One run. */
    private byte[] run = {};

    /** The numbers of four bytes, as most are: plain arrays are fast from the start, before anything is compiled. */
    private int[] ints = {};

    /** Numbers of other sizes. */
    private byte[] others = {};

    private boolean any;

    RingWindow(StretchOfSky pixels, HealpixGrid grid) {
        this.pixels = pixels;
        this.grid = grid;
        this.size = pixels.size();
    }

    /**
     * Moves the window, and reads it.
     *
     * @param missing the number of pixels that the map lacks, at the front of an array
     */
    void move(long newFirst, int newWidth, byte[] missing) throws IOException {
        width = 0; // holds nothing if reading fails
        makeRoom(newWidth);
        if (!pixels.covers(grid)) {
            fill(missing);
        }
        any = read(newFirst, newWidth);
        firstNested = newFirst;
        width = newWidth;
    }

    private void makeRoom(int newWidth) {
        int numbers = newWidth * newWidth;
        if (places.length < 2 * newWidth - 1) {
            places = new int[2 * newWidth - 1];
            run = new byte[newWidth * size];
        }
        if (isInts() && ints.length < numbers) {
            ints = new int[numbers];
        } else if (!isInts() && others.length < numbers * size) {
            others = new byte[numbers * size];
        }
    }

    private boolean isInts() {
        return size == Integer.BYTES;
    }

    private void fill(byte[] missing) {
        Arrays.fill(ints, isInts() ? view(missing).get(0) : 0);
        StretchOfSky.fill(others, missing, size);
    }

    /** Numbers are only moved here, so their byte order does not matter. */
    private static IntBuffer view(byte[] numbers) {
        return ByteBuffer.wrap(numbers).order(ByteOrder.nativeOrder()).asIntBuffer();
    }

    private boolean read(long first, int side) throws IOException {
        int cell = grid.baseCell(first);
        long x0 = grid.x(first);
        long y0 = grid.y(first);
        boolean found = false;
        int place = 0;
        for (int sum = 0; sum < 2 * side - 1; sum++) {
            int x = Math.max(0, sum - side + 1);
            int count = Math.min(sum, side - 1) - x + 1;
            long ring = grid.ringOf(cell, x0 + x, y0 + sum - x);
            long number = grid.ringNumber(cell, x0 + x, y0 + sum - x);
            int beforeWrap = (int) Math.min(count, grid.ringStart(ring) + grid.ringLength(ring) - number);
            found |= read(number, beforeWrap, place);
            if (beforeWrap < count) {
                found |= read(grid.ringStart(ring), count - beforeWrap, place + beforeWrap);
            }
            places[sum] = place - x;
            place += count;
        }
        return found;
    }

    private boolean read(long number, int count, int place) throws IOException {
        if (!isInts()) {
            return pixels.copy(number, count, others, place);
        }
        IntBuffer numbers = view(run);
        numbers.put(0, ints, place, count); // what pixels that the map lacks keep
        boolean found = pixels.copy(number, count, run, 0);
        numbers.get(0, ints, place, count);
        return found;
    }

    /** Tells whether a square of pixels lies in the window. */
    boolean holds(long first, int tileWidth) {
        return first >= firstNested && first + (long) tileWidth * tileWidth <= firstNested + (long) width * width;
    }

    /** Copies a square of the window; false if the map has no pixel of the window. */
    boolean cut(long first, int tileWidth, byte[] data) {
        if (!any) {
            return false;
        }
        int x0 = (int) (grid.x(first) - grid.x(firstNested));
        int y0 = (int) (grid.y(first) - grid.y(firstNested));
        if (isInts()) {
            int[] tile = new int[tileWidth * tileWidth];
            cutInts(x0, y0, tileWidth, tile);
            view(data).put(tile);
        } else {
            cutOthers(x0, y0, tileWidth, data);
        }
        return true;
    }

    private void cutInts(int x0, int y0, int tileWidth, int[] tile) {
        int piece = Math.min(tileWidth, PIECE);
        for (int y = 0; y < tileWidth; y += piece) {
            for (int x = 0; x < tileWidth; x++) {
                cutPiece(x0 + x, x0 + x + y0 + y, piece, tile, PixelOrder.fitsOffset(tileWidth, x, y));
            }
        }
    }

    /** Copies pixels of one x, which follow each other in a line of a tile. */
    private void cutPiece(int x, int sum, int count, int[] tile, int to) {
        for (int i = 0; i < count; i++) {
            tile[to + i] = ints[places[sum + i] + x];
        }
    }

    private void cutOthers(int x0, int y0, int tileWidth, byte[] data) {
        for (int x = 0; x < tileWidth; x++) {
            int line = PixelOrder.fitsOffset(tileWidth, x, 0);
            for (int y = 0; y < tileWidth; y++) {
                int from = places[x0 + x + y0 + y] + x0 + x;
                System.arraycopy(others, size * from, data, size * (line + y), size);
            }
        }
    }
}
