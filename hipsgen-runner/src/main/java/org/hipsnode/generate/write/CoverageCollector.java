package org.hipsnode.generate.write;

import org.hipsnode.fits.PixelFormat;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/** Gathers where the deepest tiles have values, finer than tiles, and the range of the values; many threads may add. */
public final class CoverageCollector {
    private final PixelFormat format;
    private final int planes;
    private final int tileWidth;
    private final int mocOrder;
    private final Moc.Builder covered;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /**
     * Prepares for a survey.
     *
     * @param planes numbers of a pixel; it is covered if any is not blank
     * @param mocOrder of the MOC, between the tiles' order and the pixels'
     */
    public CoverageCollector(PixelFormat format, int planes, int tileWidth, int mocOrder) {
        this.format = format;
        this.planes = planes;
        this.tileWidth = tileWidth;
        this.mocOrder = mocOrder;
        this.covered = new Moc.Builder(mocOrder);
    }

    /** Adds a deepest tile. */
    public void add(TileAddress address, byte[] tile) {
        int cellsAcross = 1 << (mocOrder - address.order());
        boolean[] cells = new boolean[cellsAcross * cellsAcross];
        Range range = new Range();
        double[] line = new double[tileWidth];
        int full = 0;
        for (int row = 0; row < planes * tileWidth; row++) {
            format.readStored(tile, row * tileWidth, line);
            int values = range.add(line);
            full += values == tileWidth ? 1 : 0;
            if (values > 0) {
                mark(line, values, cells, firstCell(row % tileWidth, cellsAcross));
            }
        }
        if (full == planes * tileWidth) {
            addWhole(address);
        } else {
            addCells(address, cells, cellsAcross);
        }
        addRange(range);
    }

    private int firstCell(int row, int cellsAcross) {
        return row / (tileWidth / cellsAcross) * cellsAcross;
    }

    /** Marks the cells of which a line has values. */
    private void mark(double[] line, int values, boolean[] cells, int firstCell) {
        int cellsAcross = 1 << (Integer.numberOfTrailingZeros(cells.length) / 2);
        int cellWidth = tileWidth / cellsAcross;
        for (int cell = 0; cell < cellsAcross; cell++) {
            cells[firstCell + cell] |= values == tileWidth || hasValue(line, cell * cellWidth, cellWidth);
        }
    }

    private static boolean hasValue(double[] line, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (!Double.isNaN(line[i])) {
                return true;
            }
        }
        return false;
    }

    /** The least and the greatest number of one tile. */
    private static final class Range {
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.NEGATIVE_INFINITY;

        /** Adds numbers, and tells how many of them are not NaN. Nearly all are between others, which is seen at once. */
        int add(double[] line) {
            double least = low;
            double greatest = high;
            int values = line.length;
            for (double number : line) {
                if (number >= least && number <= greatest) {
                    continue;
                }
                least = number < least ? number : least; // Math.min costs twice as much
                greatest = number > greatest ? number : greatest;
                values -= Double.isNaN(number) ? 1 : 0;
            }
            low = least;
            high = greatest;
            return values;
        }
    }

    private synchronized void addWhole(TileAddress address) {
        covered.add(address.order(), address.index());
    }

    private synchronized void addCells(TileAddress address, boolean[] cells, int cellsAcross) {
        long first = address.index() * cells.length;
        for (long nested = 0; nested < cells.length; nested++) {
            // cells lie in a tile as pixels would in one as narrow as there are cells across
            if (cells[PixelOrder.fitsOffset(cellsAcross, nested)]) {
                covered.add(mocOrder, first + nested);
            }
        }
    }

    private synchronized void addRange(Range range) {
        min = Math.min(min, range.low);
        max = Math.max(max, range.high);
    }

    public synchronized Moc coverage() {
        return covered.build();
    }

    /** Returns the least and the greatest physical value; not finite if there is none. */
    public synchronized double[] range() {
        double a = format.zero() + format.scale() * min;
        double b = format.zero() + format.scale() * max;
        return new double[] {Math.min(a, b), Math.max(a, b)};
    }
}
