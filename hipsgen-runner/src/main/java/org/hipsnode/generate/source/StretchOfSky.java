package org.hipsnode.generate.source;

import java.io.IOException;
import org.hipsnode.healpix.HealpixGrid;

/**
 * A column in which row order is pixel order, from some pixel on.
 *
 * @param firstPixel number of the first element's pixel
 */
record StretchOfSky(MapColumn column, long firstPixel) {

    /** Takes a run of elements of the column: so many from one on, to a place. */
    @FunctionalInterface
    private interface Copy {
        void run(long first, int count, int index) throws IOException;
    }

    /** Copies pixels that the map has; false if it has none of them. Those that it lacks are left alone. */
    boolean copy(long firstNumber, int count, byte[] into, int index) throws IOException {
        return copy(firstNumber, count, index, (first, present, at) -> column.copy(first, present, into, at));
    }

    /** Copies pixels of four bytes, as they would lie in memory; else as {@link #copy}. */
    boolean copyInts(long firstNumber, int count, int[] into, int index) throws IOException {
        return copy(firstNumber, count, index, (first, present, at) -> column.copyInts(first, present, into, at));
    }

    private boolean copy(long firstNumber, int count, int index, Copy copy) throws IOException {
        long from = firstNumber - firstPixel;
        int skip = (int) Math.max(0, Math.min(count, -from));
        int present = (int) Math.max(0, Math.min(count - skip, column.count() - (from + skip)));
        if (present > 0) {
            copy.run(from + skip, present, index + skip);
        }
        return present > 0;
    }

    /** Returns the bytes of a number. */
    int size() {
        return column.type().bytes();
    }

    /** Tells whether every pixel of a grid is there. */
    boolean covers(HealpixGrid grid) {
        return firstPixel <= 0 && column.count() >= grid.pixelCount();
    }

    /** Tells whether each of some pixels, or none, is there. */
    boolean has(long firstNumber, int count) {
        return count == 0 || (firstNumber >= firstPixel && firstNumber + count <= firstPixel + column.count());
    }

    /** Fills an array with the number at the front of another. */
    static void fill(byte[] numbers, byte[] number, int size) {
        for (int i = 0; i < numbers.length; i += size) {
            System.arraycopy(number, 0, numbers, i, size);
        }
    }
}
