package org.hipsnode.generate.source;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;

/** One number of each pixel of another survey. */
final class HipsPlane implements TileSource {
    private final HipsSource survey;
    private final int plane;
    private final PixelFormat format;
    private final String unit;
    private final int planes;

    /**
     * Takes one plane of several.
     *
     * @param format of its numbers, with a blank
     */
    HipsPlane(HipsSource survey, int plane, int planes, PixelFormat format, String unit) {
        this.survey = survey;
        this.plane = plane;
        this.planes = planes;
        this.format = format;
        this.unit = unit;
    }

    @Override
    public int pixelOrder() {
        return survey.order() + log2(survey.tileWidth());
    }

    private static int log2(int width) {
        return Integer.numberOfTrailingZeros(width);
    }

    @Override
    public Frame frame() {
        return survey.frame();
    }

    @Override
    public PixelFormat format() {
        return format;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public boolean read(TileAddress address, int width, byte[] data) throws IOException {
        int finer = address.order() + log2(width) - pixelOrder();
        if (finer != 0) {
            throw new IllegalArgumentException(
                    "tile " + address + " of width " + width + " does not have the pixels of order " + pixelOrder());
        }
        int own = survey.tileWidth();
        if (width <= own) {
            int across = own / width;
            TileAddress tile = address.ancestor(survey.order());
            int place = PixelOrder.fitsOffset(across, address.index() & ((long) across * across - 1));
            return copy(tile, (place / across * own + place % across) * width, own, 0, width, width, data);
        }
        int across = width / own;
        format.fillBlank(data, 0, data.length / format.type().bytes());
        boolean any = false;
        for (int i = 0; i < across * across; i++) {
            TileAddress tile = new TileAddress(survey.order(), address.index() * across * across + i);
            int place = PixelOrder.fitsOffset(across, (long) i);
            any |= copy(tile, 0, own, (place / across * width + place % across) * own, width, own, data);
        }
        return any;
    }

    /** Copies a square between images of different width; false if the tile has no value in it. */
    private boolean copy(TileAddress tile, int from, int fromWidth, int to, int toWidth, int side, byte[] data)
            throws IOException {
        Optional<byte[]> numbers = survey.planes(tile, format);
        if (numbers.isEmpty()) {
            return false;
        }
        int size = format.type().bytes();
        int start = plane * fromWidth * fromWidth + from;
        boolean any = false;
        for (int line = 0; line < side; line++) {
            System.arraycopy(
                    numbers.get(), (start + line * fromWidth) * size, data, (to + line * toWidth) * size, side * size);
            for (int i = 0; i < side && !any; i++) {
                any = !format.isBlank(data, to + line * toWidth + i);
            }
        }
        return any;
    }

    @Override
    public Optional<byte[]> original(TileAddress address, int width, TileFormat wanted) throws IOException {
        boolean same = planes > 1
                && wanted == survey.tileFormat()
                && address.order() == survey.order()
                && width == survey.tileWidth();
        return same ? survey.file(address) : Optional.empty();
    }

    @Override
    public boolean hasData(TileAddress cell) {
        return survey.tiles().touchesCell(cell.order(), cell.index());
    }

    /** From one of the lower tiles, so that a sample of the sky does not ask for all tiles. */
    @Override
    public double value(long nested) throws IOException {
        int sampled = survey.sampledOrder();
        long pixel = nested >> (2 * (survey.order() - sampled));
        int pixels = survey.tileWidth() * survey.tileWidth();
        Optional<byte[]> tile = survey.planes(new TileAddress(sampled, pixel / pixels), format);
        return tile.isEmpty()
                ? Double.NaN
                : format.physical(
                        tile.get(), plane * pixels + PixelOrder.fitsOffset(survey.tileWidth(), pixel % pixels));
    }

    @Override
    public void close() {
        survey.close();
    }
}
