package org.hipsnode.generate.source;

import java.util.Arrays;
import org.hipsnode.tile.PixelOrder;

/**
 * Gathers tiles from a table that lists cells with their values: an EXPLICIT map, whose cells are pixels, or a
 * multi-order one, whose cells stand for all pixels in them. Held in memory: 16 bytes a cell, and the values.
 */
final class SparseMap implements PixelGatherer {
    private final long[] firsts;
    private final long[] counts;
    private final byte[] values;
    private final int size;

    /**
     * Takes cells sorted by their first pixels, which do not overlap.
     *
     * @param firsts NESTED number of each cell's first pixel
     * @param counts number of its pixels
     * @param values number of each, in the same sequence
     * @param size bytes of a number
     */
    SparseMap(long[] firsts, long[] counts, byte[] values, int size) {
        this.firsts = firsts;
        this.counts = counts;
        this.values = values;
        this.size = size;
    }

    @Override
    public boolean gather(long firstNested, int width, byte[] data) {
        long end = firstNested + (long) width * width;
        boolean any = false;
        for (int i = cellAtOrAfter(firstNested); i < firsts.length && firsts[i] < end; i++) {
            long from = Math.max(firsts[i], firstNested);
            long to = Math.min(firsts[i] + counts[i], end);
            for (long pixel = from; pixel < to; pixel++) {
                int target = PixelOrder.fitsOffset(width, pixel - firstNested);
                System.arraycopy(values, i * size, data, target * size, size);
            }
            any = true;
        }
        return any;
    }

    /** Returns the first cell that ends after a pixel. */
    private int cellAtOrAfter(long pixel) {
        int found = Arrays.binarySearch(firsts, pixel);
        if (found >= 0) {
            return found;
        }
        int before = -found - 2;
        return before >= 0 && firsts[before] + counts[before] > pixel ? before : before + 1;
    }

    @Override
    public boolean pixel(long nested, byte[] one) {
        int i = cellAtOrAfter(nested);
        if (i < firsts.length && firsts[i] <= nested) {
            System.arraycopy(values, i * size, one, 0, size);
            return true;
        }
        return false;
    }

    @Override
    public boolean isWhole() {
        return false;
    }
}
