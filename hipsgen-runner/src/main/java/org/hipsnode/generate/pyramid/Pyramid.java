package org.hipsnode.generate.pyramid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.work.Workers;

/**
 * Makes all tiles of a survey in one pass: {@code make(cell)} asks the source if the cell is at the deepest order, else makes
 * the four cells below and averages them.
 *
 * <p>Every tile is handed on once, at the moment when it exists, and nothing is read back. The cells of the first orders are
 * split among workers, who steal from each other; below, each subtree is one worker's. Of a small field that is down to single
 * tiles. So memory is four tiles for each order and worker, whatever the survey's size, and the result does not depend on who
 * did what.
 */
public final class Pyramid {
    /** As many subtrees keep any sensible number of workers busy to the end. */
    private static final int SUBTREES = 768;

    private final TileSource source;
    private final int width;
    private final Moc tiles;
    private final TileSink sink;
    private final Halving halving;
    private final SpareTiles spare;

    /** Cells above this order are split into tasks. */
    private final int splitOrder;

    /** Receives tiles, from many threads at once. */
    @FunctionalInterface
    public interface TileSink {
        /**
         * Takes a tile.
         *
         * @param data what is shown of it, in the order of {@code PixelOrder}; not to be changed or kept
         */
        void accept(TileAddress address, byte[] data) throws IOException;
    }

    /**
     * Prepares a pass.
     *
     * @param width tile width, not finer than the source's pixels at the deepest order
     * @param tiles tiles with data; its order is the deepest
     */
    public Pyramid(TileSource source, int width, Moc tiles, TileSink sink) {
        this.source = source;
        this.width = width;
        this.tiles = tiles;
        this.sink = sink;
        this.halving = new Halving(source.format(), width, source.planes());
        this.spare = new SpareTiles(
                source.planes() * width * width * source.format().type().bytes());
        this.splitOrder = splitOrder(tiles);
    }

    private static int splitOrder(Moc tiles) {
        int order = 0;
        while (order < tiles.order() && tiles.countTouchedCells(order) < SUBTREES) {
            order++;
        }
        return order;
    }

    /** Makes the tiles; the first failure of a worker ends the pass. */
    public void run(int workers) throws IOException {
        ForkJoinPool pool = new ForkJoinPool(workers);
        try {
            pool.invoke(new BaseCells());
        } catch (UncheckedIOException e) {
            throw rootCause(e);
        } finally {
            Workers.stop(pool);
        }
    }

    /** The pool wraps what a worker threw in copies of itself. */
    private static IOException rootCause(UncheckedIOException thrown) {
        Throwable cause = thrown;
        while (cause instanceof UncheckedIOException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof IOException io ? io : new IOException(thrown);
    }

    private final class BaseCells extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        protected Integer compute() {
            List<Cell> cells = new ArrayList<>();
            for (long cell = 0; cell < 12; cell++) {
                cells.add(new Cell(new TileAddress(0, cell)));
            }
            return ForkJoinTask.invokeAll(cells).size();
        }
    }

    private final class Cell extends RecursiveTask<byte[]> {
        private static final long serialVersionUID = 1L;
        private final transient TileAddress address;

        Cell(TileAddress address) {
            this.address = address;
        }

        @Override
        protected byte[] compute() {
            if (!tiles.touchesCell(address.order(), address.index())) {
                return Halving.BLANK;
            }
            try {
                byte[] tile = address.order() == tiles.order() ? deepest() : parent();
                if (tile.length > 0) {
                    sink.accept(address, source.shown(tile));
                }
                return tile;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] deepest() throws IOException {
            byte[] data = spare.take();
            if (source.read(address, width, data)) {
                return data;
            }
            spare.giveBack(data);
            return Halving.BLANK;
        }

        private byte[] parent() {
            List<Cell> cells = new ArrayList<>();
            for (int quarter = 0; quarter < 4; quarter++) {
                cells.add(new Cell(address.child(quarter)));
            }
            List<byte[]> children = new ArrayList<>();
            if (address.order() < splitOrder) {
                ForkJoinTask.invokeAll(cells);
            }
            boolean any = false;
            for (Cell cell : cells) {
                byte[] child = address.order() < splitOrder ? cell.getRawResult() : cell.compute();
                children.add(child);
                any |= child.length > 0;
            }
            return any ? average(children) : Halving.BLANK;
        }

        private byte[] average(List<byte[]> children) {
            byte[] parent = spare.take();
            halving.average(children, parent);
            for (byte[] child : children) {
                if (child.length > 0) {
                    spare.giveBack(child);
                }
            }
            return parent;
        }
    }
}
