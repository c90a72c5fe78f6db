package org.hipsnode.generate.run;

import java.io.IOException;
import org.hipsnode.generate.render.Sample;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.work.OrderedWork;

/** Takes values of a source at places spread evenly over the sphere. */
final class SourceSampler {
    private static final int FIRST_ORDER = 6;
    private static final int LAST_ORDER = 10;
    private static final int ENOUGH = 20_000;

    /** Each order has this many cells, or a multiple. */
    private static final int PIECES = 12;

    private SourceSampler() {}

    /** Returns at least 20,000 values, or as many as a search over 12 million places finds. */
    static Sample sample(TileSource source, int workers) throws IOException {
        Sample sample = sample(source, Math.min(FIRST_ORDER, source.pixelOrder()), workers);
        for (int order = FIRST_ORDER + 1; order <= LAST_ORDER && sample.size() < ENOUGH; order++) {
            if (order > source.pixelOrder()) {
                break;
            }
            sample = sample(source, order, workers);
        }
        return sample;
    }

    private static Sample sample(TileSource source, int order, int workers) throws IOException {
        double[] values = new double[(int) HealpixGrid.pixelCount(order)];
        int piece = values.length / PIECES;
        try (OrderedWork<Integer> work = new OrderedWork<>(workers, done -> {})) {
            for (int first = 0; first < values.length; first += piece) {
                int start = first;
                work.give(() -> fill(source, order, start, piece, values));
            }
            work.finish();
        }
        return Sample.of(values);
    }

    /** Takes the values of a piece of the cells to their places, and returns how many. */
    private static int fill(TileSource source, int order, int first, int count, double[] values) throws IOException {
        int shift = 2 * (source.pixelOrder() - order);
        for (int cell = first; cell < first + count; cell++) {
            values[cell] = source.value(((long) cell << shift) + scatter(cell, shift));
        }
        return count;
    }

    /** Chooses one pixel of a cell so that no pattern in the map can hide from the sample; the same in every run. */
    private static long scatter(long cell, int shift) {
        long mixed = cell * 0x9e3779b97f4a7c15L;
        return shift == 0 ? 0 : (mixed ^ (mixed >>> 29)) & ((1L << shift) - 1);
    }
}
