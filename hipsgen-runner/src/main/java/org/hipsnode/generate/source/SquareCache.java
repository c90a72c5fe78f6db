package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/** Single pixels of a source for one thread that asks for many near each other: the squares that they lie in are kept. */
final class SquareCache {
    private static final int LARGEST_LOG2_WIDTH = 7;
    private static final int SQUARES = 64;
    private static final double[] EMPTY = {};

    private final TileSource source;
    private final int log2Width;
    private final Map<Long, double[]> squares = new LinkedHashMap<>(SQUARES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, double[]> eldest) {
            return size() > SQUARES;
        }
    };
    private long lastIndex = -1;
    private double[] last = EMPTY;

    SquareCache(TileSource source) {
        this.source = source;
        this.log2Width = Math.min(LARGEST_LOG2_WIDTH, source.pixelOrder());
    }

    /** Returns the stored number of a pixel; NaN if it is blank. */
    double stored(long nested) throws IOException {
        long index = nested >> (2 * log2Width);
        if (index != lastIndex) {
            last = square(index);
            lastIndex = index;
        }
        return last.length == 0
                ? Double.NaN
                : last[PixelOrder.fitsOffset(1 << log2Width, nested & ((1L << (2 * log2Width)) - 1))];
    }

    private double[] square(long index) throws IOException {
        double[] known = squares.get(index);
        if (known == null) {
            known = read(index);
            squares.put(index, known);
        }
        return known;
    }

    private double[] read(long index) throws IOException {
        PixelFormat format = source.format();
        int width = 1 << log2Width;
        byte[] data = new byte[width * width * format.type().bytes()];
        if (!source.read(new TileAddress(source.pixelOrder() - log2Width, index), width, data)) {
            return EMPTY;
        }
        double[] numbers = new double[width * width];
        format.readStored(data, 0, numbers);
        return numbers;
    }
}
