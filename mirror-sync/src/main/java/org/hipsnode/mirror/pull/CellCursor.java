package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.mirror.transfer.WantedFile;
import org.hipsnode.moc.Moc;

/** The files that are wanted of the cells of a coverage, by ascending cell, each decided on when it is asked for. */
final class CellCursor implements Iterator<WantedFile> {
    private final long[] bounds;
    private final Decision decision;
    private int range;
    private long cell;
    private Optional<WantedFile> next = Optional.empty();

    /** Decides whether the tile of a cell is wanted. */
    @FunctionalInterface
    interface Decision {
        Optional<WantedFile> of(long cell) throws IOException;
    }

    CellCursor(Moc cells, int order, Decision decision) {
        int shift = 2 * (HealpixGrid.MAX_ORDER - order);
        Moc ofOrder = cells.degraded(order);
        java.util.stream.LongStream.Builder found = java.util.stream.LongStream.builder();
        ofOrder.forEachRange((first, end) -> found.add(first >> shift).add(((end - 1) >> shift) + 1));
        this.bounds = found.build().toArray();
        this.decision = decision;
        this.cell = bounds.length == 0 ? 0 : bounds[0];
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && range < bounds.length) {
            try {
                next = decision.of(cell);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            step();
        }
        return next.isPresent();
    }

    private void step() {
        cell++;
        if (cell >= bounds[range + 1]) {
            range += 2;
            cell = range < bounds.length ? bounds[range] : cell;
        }
    }

    @Override
    public WantedFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        WantedFile found = next.orElseThrow();
        next = Optional.empty();
        return found;
    }
}
