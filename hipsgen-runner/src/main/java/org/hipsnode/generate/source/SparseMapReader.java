package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.Arrays;
import org.hipsnode.fits.FitsHdu;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Nuniq;

/** Reads tables that list cells in any sequence into maps sorted by position. */
final class SparseMapReader {
    /** Beyond this, a table of cells would not fit in the memory of a usual run. */
    private static final long MAX_CELLS = 100_000_000;

    private final FitsHdu hdu;
    private final MapColumn index;
    private final MapColumn values;
    private int deepestOrder;

    SparseMapReader(FitsHdu hdu, MapColumn index, MapColumn values) throws IOException {
        this.hdu = hdu;
        this.index = index;
        this.values = values;
        if (index.count() != values.count()) {
            throw MalformedDataException.expected(
                    hdu.toString(), "as many values as cells", values.count() + " for " + index.count());
        }
        if (index.count() > MAX_CELLS) {
            throw MalformedDataException.expected(
                    hdu.toString(), "at most " + MAX_CELLS + " listed cells", Long.toString(index.count()));
        }
    }

    /** Returns the order of the finest cells of a multi-order map, once it is read. */
    int deepestOrder() {
        return deepestOrder;
    }

    SparseMap readExplicit(int order, boolean ring) throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(order);
        long[] firsts = index.integers(0, (int) index.count());
        for (int i = 0; i < firsts.length; i++) {
            long pixel = firsts[i];
            if (pixel < 0 || pixel >= grid.pixelCount()) {
                throw MalformedDataException.expected(
                        hdu + " row " + (i + 1),
                        "a pixel of 0 to " + (grid.pixelCount() - 1) + " for NSIDE = " + grid.nside(),
                        Long.toString(pixel));
            }
            firsts[i] = ring ? grid.ringToNested(pixel) : pixel;
        }
        long[] counts = new long[firsts.length];
        Arrays.fill(counts, 1);
        return sorted(firsts, counts);
    }

    SparseMap readNuniq() throws IOException {
        long[] cells = index.integers(0, (int) index.count());
        for (int i = 0; i < cells.length; i++) {
            if (!Nuniq.isValid(cells[i])) {
                throw MalformedDataException.expected(
                        hdu + " row " + (i + 1), "a NUNIQ number of orders 0 to 29", Long.toString(cells[i]));
            }
            deepestOrder = Math.max(deepestOrder, Nuniq.order(cells[i]));
        }
        long[] counts = new long[cells.length];
        for (int i = 0; i < cells.length; i++) {
            int shift = 2 * (deepestOrder - Nuniq.order(cells[i]));
            counts[i] = 1L << shift;
            cells[i] = Nuniq.index(cells[i]) << shift;
        }
        return sorted(cells, counts);
    }

    private SparseMap sorted(long[] firsts, long[] counts) throws IOException {
        int[] sequence = sequence(firsts);
        int size = values.type().bytes();
        long[] sortedFirsts = new long[firsts.length];
        long[] sortedCounts = new long[firsts.length];
        byte[] unsortedValues = new byte[Math.multiplyExact(firsts.length, size)];
        values.copy(0, firsts.length, unsortedValues, 0);
        byte[] sortedValues = new byte[unsortedValues.length];
        for (int i = 0; i < sequence.length; i++) {
            sortedFirsts[i] = firsts[sequence[i]];
            sortedCounts[i] = counts[sequence[i]];
            System.arraycopy(unsortedValues, sequence[i] * size, sortedValues, i * size, size);
            if (i > 0 && sortedFirsts[i] < sortedFirsts[i - 1] + sortedCounts[i - 1]) {
                throw MalformedDataException.expected(
                        hdu + " row " + (sequence[i] + 1), "each part of the sky once", "a cell that covers another's");
            }
        }
        return new SparseMap(sortedFirsts, sortedCounts, sortedValues, size);
    }

    /** Returns the row numbers in the sequence of their first pixels. */
    private static int[] sequence(long[] firsts) {
        boolean sorted = true;
        for (int i = 1; i < firsts.length; i++) {
            sorted &= firsts[i] >= firsts[i - 1];
        }
        int[] rows = new int[firsts.length];
        Integer[] boxed = new Integer[sorted ? 0 : firsts.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = i;
        }
        Arrays.sort(boxed, (a, b) -> Long.compare(firsts[a], firsts[b]));
        for (int i = 0; i < rows.length; i++) {
            rows[i] = sorted ? i : boxed[i];
        }
        return rows;
    }
}
