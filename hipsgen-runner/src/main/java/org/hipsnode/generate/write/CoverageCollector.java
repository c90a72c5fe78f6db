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
        int log2CellWidth = Integer.numberOfTrailingZeros(tileWidth / cellsAcross);
        boolean[] cells = new boolean[cellsAcross * cellsAcross];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double[] line = new double[tileWidth];
        for (int row = 0; row < planes * tileWidth; row++) {
            format.readStored(tile, row * tileWidth, line);
            int firstCell = (row % tileWidth >> log2CellWidth) * cellsAcross;
            for (int column = 0; column < tileWidth; column++) {
                double number = line[column];
                if (!Double.isNaN(number)) {
                    cells[firstCell + (column >> log2CellWidth)] = true;
                    low = number < low ? number : low; // Math.min costs twice as much
                    high = number > high ? number : high;
                }
            }
        }
        addCells(address, cells, cellsAcross);
        addRange(low, high);
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

    private synchronized void addRange(double low, double high) {
        min = Math.min(min, low);
        max = Math.max(max, high);
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
