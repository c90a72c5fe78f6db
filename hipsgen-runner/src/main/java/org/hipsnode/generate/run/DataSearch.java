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
        Moc reach = reach();
        Moc.Builder tiles = new Moc.Builder(order);
        ForkJoinPool pool = new ForkJoinPool(workers);
        try (Progress.Phase phase = progress.begin("find data", "tiles", reach.countTouchedCells(order))) {
            pool.submit(() -> cells(reach)
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

    private Moc reach() {
        return sources.stream().map(TileSource::reach).reduce(Moc.empty(0), Moc::union);
    }

    private LongStream cells(Moc reach) {
        if (reach.isFullSky()) {
            return LongStream.range(0, HealpixGrid.pixelCount(order));
        }
        LongStream.Builder cells = LongStream.builder();
        reach.forEachTouchedCell(order, (cellOrder, index) -> cells.add(index));
        return cells.build();
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
