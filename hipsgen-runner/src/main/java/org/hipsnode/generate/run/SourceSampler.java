package org.hipsnode.generate.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.LongStream;
import org.hipsnode.generate.render.Sample;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;

/** Takes values of a source at places spread evenly over the sphere. */
final class SourceSampler {
    private static final int FIRST_ORDER = 7;
    private static final int LAST_ORDER = 10;
    private static final int ENOUGH = 20_000;

    private SourceSampler() {}

    /** Returns at least 20,000 values, or as many as a search over 12 million places finds. */
    static Sample sample(TileSource source) throws IOException {
        Sample sample = sample(source, Math.min(FIRST_ORDER, source.pixelOrder()));
        for (int order = FIRST_ORDER + 1; order <= LAST_ORDER && sample.size() < ENOUGH; order++) {
            if (order > source.pixelOrder()) {
                break;
            }
            sample = sample(source, order);
        }
        return sample;
    }

    private static Sample sample(TileSource source, int order) throws IOException {
        int shift = 2 * (source.pixelOrder() - order);
        try {
            return Sample.of(LongStream.range(0, HealpixGrid.pixelCount(order))
                    .mapToDouble(cell -> value(source, (cell << shift) + scatter(cell, shift)))
                    .toArray());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Chooses one pixel of a cell so that no pattern in the map can hide from the sample; the same in every run. */
    private static long scatter(long cell, int shift) {
        long mixed = cell * 0x9e3779b97f4a7c15L;
        return shift == 0 ? 0 : (mixed ^ (mixed >>> 29)) & ((1L << shift) - 1);
    }

    private static double value(TileSource source, long pixel) {
        try {
            return source.value(pixel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
