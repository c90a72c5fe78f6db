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
 * computation and read at once; the larger the window, the longer the runs. Several runs are read, then laid into the lines of the
 * window, where their pixels of one x are neighbours: so memory is written in pieces as long as it is moved in.
 */
final class RingWindow {
    /** So many runs are laid into the window together: 64 bytes of numbers of four, as long as a line of a processor's cache. */
    private static final int RUNS = 16;

    private final StretchOfSky pixels;
    private final HealpixGrid grid;
    private final int size;
    private final boolean ints;
    private long firstNested;

    /** Pixels along the side; 0 before anything is read. */
    private int width;

    /** One run of numbers of other sizes than four bytes, as it is read. */
    private byte[] run = {};

    /** Runs of numbers of four bytes, that of pixel x at place x. */
    private final int[][] runs = new int[RUNS][0];

    /** The window's numbers of four bytes, as most are, line by line as in a tile. */
    private int[] numbers = {};

    /** Numbers of other sizes. */
    private byte[] others = {};

    private boolean any;

    RingWindow(StretchOfSky pixels, HealpixGrid grid) {
        this.pixels = pixels;
        this.grid = grid;
        this.size = pixels.size();
        this.ints = size == Integer.BYTES;
    }

    /**
     * Moves the window, and reads it.
     *
     * @param missing the number of pixels that the map lacks, at the front of an array
     */
    void move(long newFirst, int newWidth, byte[] missing) throws IOException {
        width = 0; // holds nothing if reading fails
        makeRoom(newWidth);
        any = new Reading(newFirst, newWidth, missing).read();
        firstNested = newFirst;
        width = newWidth;
    }

    private void makeRoom(int newWidth) {
        int count = newWidth * newWidth;
        if (ints && runs[0].length < newWidth) {
            Arrays.setAll(runs, i -> new int[newWidth]);
        } else if (!ints && run.length < newWidth * size) {
            run = new byte[newWidth * size];
        }
        if (ints && numbers.length < count) {
            numbers = new int[count];
        } else if (!ints && others.length < count * size) {
            others = new byte[count * size];
        }
    }

    /** Numbers are only moved here, so their byte order does not matter. */
    private static IntBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer();
    }

    /** The filling of the window by a square of the sky. */
    private final class Reading {
        private final int cell;
        private final long x0;
        private final long y0;
        private final int side;
        private final byte[] missing;
        private boolean found;

        Reading(long first, int side, byte[] missing) {
            this.cell = grid.baseCell(first);
            this.x0 = grid.x(first);
            this.y0 = grid.y(first);
            this.side = side;
            this.missing = missing;
        }

        boolean read() throws IOException {
            int sums = 2 * side - 1;
            for (int first = 0; first < sums; first += RUNS) {
                int end = Math.min(sums, first + RUNS);
                for (int sum = first; sum < end; sum++) {
                    readRun(sum, runs[sum - first]);
                }
                if (ints) {
                    lay(first, end - first);
                }
            }
            return found;
        }

        private int firstX(int sum) {
            return Math.max(0, sum - side + 1);
        }

        private int count(int sum) {
            return Math.min(sum, side - 1) - firstX(sum) + 1;
        }

        /**
         * Reads the pixels whose x + y is a sum, by rising x.
         *
         * @param numbers where numbers of four bytes go; others go to their places in the window
         */
        private void readRun(int sum, int[] numbers) throws IOException {
            int x = firstX(sum);
            int count = count(sum);
            long ring = grid.ringOf(cell, x0 + x, y0 + sum - x);
            long number = grid.ringNumber(cell, x0 + x, y0 + sum - x);
            long start = grid.ringStart(ring);
            int beforeWrap = (int) Math.min(count, start + grid.ringLength(ring) - number);
            int afterWrap = count - beforeWrap;
            boolean isWhole = pixels.has(number, beforeWrap) && pixels.has(start, afterWrap);
            if (ints) {
                if (!isWhole) {
                    Arrays.fill(numbers, view(missing).get(0));
                }
                found |= pixels.copyInts(number, beforeWrap, numbers, x);
                found |= afterWrap > 0 && pixels.copyInts(start, afterWrap, numbers, x + beforeWrap);
            } else {
                if (!isWhole) {
                    StretchOfSky.fill(run, missing, size);
                }
                found |= pixels.copy(number, beforeWrap, run, 0);
                found |= afterWrap > 0 && pixels.copy(start, afterWrap, run, beforeWrap);
                scatter(sum);
            }
        }

        /** Lays runs into the window that follow each other. */
        private void lay(int firstSum, int count) {
            int lastSum = firstSum + count - 1;
            for (int x = firstX(firstSum); x <= Math.min(lastSum, side - 1); x++) {
                int from = Math.max(0, x - firstSum);
                int end = Math.min(count, x + side - firstSum);
                layPiece(x, from, end, PixelOrder.fitsOffset(side, x, firstSum + from - x));
            }
        }

        /** For itself, so that it is compiled soon. */
        private void layPiece(int x, int from, int end, int to) {
            for (int i = from; i < end; i++) {
                numbers[to + i - from] = runs[i][x];
            }
        }

        private void scatter(int sum) {
            int x = firstX(sum);
            for (int i = 0; i < count(sum); i++) {
                int to = PixelOrder.fitsOffset(side, x + i, sum - x - i);
                System.arraycopy(run, i * size, others, to * size, size);
            }
        }
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
        IntBuffer tile = view(data);
        for (int x = 0; x < tileWidth; x++) {
            int from = PixelOrder.fitsOffset(width, x0 + x, y0);
            int to = PixelOrder.fitsOffset(tileWidth, x, 0);
            if (ints) {
                tile.put(to, numbers, from, tileWidth);
            } else {
                System.arraycopy(others, from * size, data, to * size, tileWidth * size);
            }
        }
        return true;
    }
}
