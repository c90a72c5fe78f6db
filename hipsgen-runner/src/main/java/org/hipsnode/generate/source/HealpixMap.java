package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/** One column of a HEALPix map as a source of tiles; its pixels are handed out as they are, never resampled. */
public final class HealpixMap implements TileSource {
    /** Squares of this side are looked at when searching a cell for data. */
    private static final int SEARCH_WIDTH = 64;

    /** What a map's header says of its values. */
    record Meaning(Frame frame, PixelFormat format, String unit, double badData) {}

    private final PixelGatherer gatherer;
    private final int pixelOrder;
    private final Meaning meaning;
    private final Blanks blanks;
    private final Closeable file;

    HealpixMap(PixelGatherer gatherer, int pixelOrder, Meaning meaning, Closeable file) {
        this.gatherer = gatherer;
        this.pixelOrder = pixelOrder;
        this.meaning = meaning;
        this.blanks = new Blanks(meaning.format, meaning.badData);
        this.file = file;
    }

    @Override
    public int pixelOrder() {
        return pixelOrder;
    }

    @Override
    public Frame frame() {
        return meaning.frame;
    }

    @Override
    public PixelFormat format() {
        return meaning.format;
    }

    @Override
    public String unit() {
        return meaning.unit;
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        int finer = address.order() + Integer.numberOfTrailingZeros(width) - pixelOrder;
        if (finer < 0) {
            throw new IllegalArgumentException("tile " + address + " of width " + width
                    + " has coarser pixels than the map's order " + pixelOrder);
        }
        long first = address.index() * width * width;
        if (finer == 0) {
            return readSquare(first, width, data);
        }
        int coarseWidth = Math.max(1, width >> finer);
        byte[] coarse = new byte[coarseWidth * coarseWidth * size()];
        if (!readSquare(first >> (2 * finer), coarseWidth, coarse)) {
            return false;
        }
        repeat(coarse, coarseWidth, data, width);
        return true;
    }

    private int size() {
        return meaning.format.type().bytes();
    }

    private boolean readSquare(long first, int width, byte[] data) throws IOException {
        if (!gatherer.isWhole()) {
            meaning.format.fillBlank(data, 0, width * width);
        }
        return gatherer.gather(first, width, data) && blanks.clean(data, width * width);
    }

    /** Draws each pixel of a square several times as wide. */
    private void repeat(byte[] coarse, int coarseWidth, byte[] data, int width) {
        int times = width / coarseWidth;
        for (int i = 0; i < width * width; i++) {
            int from = (i / width / times) * coarseWidth + i % width / times;
            System.arraycopy(coarse, from * size(), data, i * size(), size());
        }
    }

    @Override
    public boolean hasData(TileAddress cell) throws IOException {
        int finer = pixelOrder - cell.order();
        int width = 1 << Math.max(0, Math.min(finer, Integer.numberOfTrailingZeros(SEARCH_WIDTH)));
        long squares = finer <= 0 ? 1 : (1L << (2 * finer)) / width / width;
        long first = finer <= 0 ? cell.index() >> (-2 * finer) : cell.index() << (2 * finer);
        if (pixel(first, new byte[size()])) {
            return true;
        }
        byte[] data = new byte[width * width * size()];
        for (long i = 0; i < squares; i++) {
            if (readSquare(first + i * width * width, width, data)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double value(long nested) throws IOException {
        HealpixGrid.ofOrder(pixelOrder).baseCell(nested);
        byte[] one = new byte[size()];
        return pixel(nested, one) ? meaning.format.physical(one, PixelOrder.fitsOffset(1, 0, 0)) : Double.NaN;
    }

    /** Reads one pixel, and tells whether it has a value. */
    private boolean pixel(long nested, byte[] one) throws IOException {
        return gatherer.pixel(nested, one) && blanks.clean(one, 1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
