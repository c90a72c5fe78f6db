package org.hipsnode.generate.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/** Gathers where the deepest tiles have values, finer than tiles, and the range of the values; many threads may add. */
public final class CoverageCollector {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Places of infinite floats in the sequence of all; those that are not numbers are beyond. */
    private static final int GREATEST_INFINITE = Float.floatToIntBits(Float.POSITIVE_INFINITY);

    private static final int LEAST_INFINITE = ~GREATEST_INFINITE;

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
            int values = addRow(tile, row * tileWidth, line, range);
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

    /** Adds a row to a range, and tells how many values it has; reads it if these are neither none nor all. */
    private int addRow(byte[] tile, int first, double[] line, Range range) {
        if (format.type() != PixelType.FLOAT32) {
            format.readStored(tile, first, line);
            return range.add(line);
        }
        int values = range.addFloats(tile, first, tileWidth);
        if (values > 0 && values < tileWidth) {
            format.readStored(tile, first, line);
        }
        return values;
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

        /** The same of floats, as whole numbers that are in the same sequence. */
        private int lowFloat = Integer.MAX_VALUE;

        private int highFloat = Integer.MIN_VALUE;

        /** Adds numbers, and tells how many of them are not NaN. */
        int add(double[] line) {
            double least = low;
            double greatest = high;
            int values = 0;
            for (double number : line) {
                least = number < least ? number : least; // Math.min costs twice as much
                greatest = number > greatest ? number : greatest;
                values += Double.isNaN(number) ? 0 : 1;
            }
            low = least;
            high = greatest;
            return values;
        }

        /** Adds stored floats, and tells how many of them are finite. Nearly all lie between others, which is seen at once. */
        int addFloats(byte[] data, int first, int count) {
            int least = lowFloat;
            int greatest = highFloat;
            int values = count;
            for (int i = first; i < first + count; i++) {
                int place = inSequence((int) INTS.get(data, Float.BYTES * i));
                if (place >= least && place <= greatest) {
                    continue;
                }
                if (place <= LEAST_INFINITE || place >= GREATEST_INFINITE) {
                    values--;
                } else {
                    least = Math.min(least, place);
                    greatest = Math.max(greatest, place);
                }
            }
            lowFloat = least;
            highFloat = greatest;
            return values;
        }

        /** Turns the bits of a float into a number that is less if the float is, and back: those of negative ones are upside down. */
        private static int inSequence(int bits) {
            return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
        }

        double low() {
            return lowFloat <= highFloat ? Float.intBitsToFloat(inSequence(lowFloat)) : low;
        }

        double high() {
            return lowFloat <= highFloat ? Float.intBitsToFloat(inSequence(highFloat)) : high;
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
        min = Math.min(min, range.low());
        max = Math.max(max, range.high());
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
