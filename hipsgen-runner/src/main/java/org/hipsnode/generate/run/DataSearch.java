package org.hipsnode.generate.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.work.Workers;

/** Looks into every tile until a value is found: one look for most. */
final class DataSearch {
    private final List<TileSource> sources;
    private final int order;
    private final int workers;
    private final Progress progress;

    DataSearch(List<TileSource> sources, int order, int workers, Progress progress) {
        this.sources = sources;
        this.order = order;
        this.workers = workers;
        this.progress = progress;
    }

    /** Returns the tiles of the order in which any source has data. */
    Moc tiles() throws IOException {
        long count = HealpixGrid.pixelCount(order);
        Moc.Builder tiles = new Moc.Builder(order);
        ForkJoinPool pool = new ForkJoinPool(workers);
        try (Progress.Phase phase = progress.begin("find data", "tiles", count)) {
            pool.submit(() -> LongStream.range(0, count)
                            .parallel()
                            .filter(index -> hasData(new TileAddress(order, index), phase))
                            .boxed()
                            .toList())
                    .join()
                    .forEach(index -> tiles.add(order, index));
            return tiles.build();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Workers.stop(pool);
        }
    }

    private boolean hasData(TileAddress tile, Progress.Phase phase) {
        try {
            phase.add(1, 0);
            for (TileSource source : sources) {
                if (source.hasData(tile)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
