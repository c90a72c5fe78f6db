package org.hipsnode.generate.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipsnode.generate.render.Sample;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.work.OrderedWork;

/** Takes values of a source at places spread evenly over the part of the sphere where it has data. */
final class SourceSampler {
    private static final int FIRST_ORDER = 6;
    private static final int ENOUGH = 10_000;

    /** As many as the whole sphere has cells of order 7. */
    private static final long MOST = HealpixGrid.pixelCount(7);

    private static final int PIECES = 12;

    private final TileSource source;
    private final int workers;

    private SourceSampler(TileSource source, int workers) {
        this.source = source;
        this.workers = workers;
    }

    /**
     * Returns at least 10,000 values, or as many as a search over 196,608 places finds.
     *
     * @param tiles outside of which no pixel has a value
     */
    static Sample sample(TileSource source, Moc tiles, int workers) throws IOException {
        return new SourceSampler(source, workers).sample(tiles);
    }

    private Sample sample(Moc tiles) throws IOException {
        int order = Math.min(FIRST_ORDER, source.pixelOrder());
        // where there are too few places there are too few values
        while (tiles.countTouchedCells(order) < ENOUGH && isFinerUseful(tiles, order)) {
            order++;
        }
        int step = (int) Math.max(1, tiles.countTouchedCells(order) / ENOUGH);
        Sample sample = sample(tiles, order, step);
        while (sample.size() < ENOUGH && (step > 1 || isFinerUseful(tiles, order))) {
            // many places are blank: four times as many are asked
            order += step > 1 ? 0 : 1;
            step = Math.max(1, step / 4);
            sample = sample(tiles, order, step);
        }
        return sample;
    }

    private boolean isFinerUseful(Moc tiles, int order) {
        return order < source.pixelOrder() && tiles.countTouchedCells(order + 1) <= MOST;
    }

    /** A run of cells. */
    private record Run(long first, long end) {}

    private Sample sample(Moc tiles, int order, int step) throws IOException {
        double[] values = new double[(int) tiles.countTouchedCells(order)];
        Arrays.fill(values, Double.NaN);
        long longest = Math.max(1, values.length / PIECES);
        List<Run> runs = new ArrayList<>();
        int shift = 2 * (HealpixGrid.MAX_ORDER - order);
        tiles.degraded(order).forEachRange((first, end) -> {
            for (long at = first >> shift; at < end >> shift; at += longest) {
                runs.add(new Run(at, Math.min(end >> shift, at + longest)));
            }
        });
        try (OrderedWork<Integer> work = new OrderedWork<>(workers, done -> {})) {
            int place = 0;
            for (Run run : runs) {
                int start = place;
                work.give(() -> fill(order, step, run, values, start));
                place += (int) (run.end - run.first);
            }
            work.finish();
        }
        return Sample.of(values);
    }

    /** Takes the values of a run of cells to their places, and returns how many cells there are. */
    private int fill(int order, int step, Run run, double[] values, int start) throws IOException {
        int shift = 2 * (source.pixelOrder() - order);
        for (long cell = run.first; cell < run.end; cell++) {
            int place = start + (int) (cell - run.first);
            if (place % step == 0) {
                values[place] = source.value((cell << shift) + scatter(cell, shift));
            }
        }
        return (int) (run.end - run.first);
    }

    /** Chooses one pixel of a cell so that no pattern in the map can hide from the sample; the same in every run. */
    private static long scatter(long cell, int shift) {
        long mixed = cell * 0x9e3779b97f4a7c15L;
        return shift == 0 ? 0 : (mixed ^ (mixed >>> 29)) & ((1L << shift) - 1);
    }
}
