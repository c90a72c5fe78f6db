package org.hipsnode.generate.write;

import java.util.List;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.pyramid.Halving;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.tile.AllskyLayout;
import org.hipsnode.tile.PixelOrder;

/**
 * The small copies of all tiles of one order, averaged down to the blocks of an Allsky file; also the coarse picture of the
 * whole sky that a preview is drawn from.
 *
 * <p>Blocks may be put by many threads at once: each has its own place.
 */
public final class AllskyMosaic {
    private final AllskyLayout layout;
    private final PixelFormat format;
    private final int tileWidth;
    private final byte[] data;
    private final boolean[] present;

    public AllskyMosaic(AllskyLayout layout, PixelFormat format, int tileWidth) {
        this.layout = layout;
        this.format = format;
        this.tileWidth = tileWidth;
        this.data = new byte[layout.width() * layout.height() * format.type().bytes()];
        this.present = new boolean[(int) HealpixGrid.pixelCount(layout.order())];
        if (format.hasBlank()) {
            for (int i = 0; i < layout.width() * layout.height(); i++) {
                format.putBlank(data, i);
            }
        }
    }

    public AllskyLayout layout() {
        return layout;
    }

    /** Returns the mosaic's pixels, bottom line first. */
    public byte[] data() {
        return data;
    }

    /** Puts a tile into its block. */
    public void put(int index, byte[] tile) {
        byte[] block = tile;
        for (int width = tileWidth; width > layout.blockWidth(); width /= 2) {
            block = halved(block, width);
        }
        int width = layout.blockWidth();
        int bytes = width * format.type().bytes();
        for (int line = 0; line < width; line++) {
            int row = layout.height() - layout.top(index) - width + line;
            int target =
                    (row * layout.width() + layout.left(index)) * format.type().bytes();
            System.arraycopy(block, line * bytes, data, target, bytes);
        }
        present[index] = true;
    }

    /** A tile is the quarter of a parent that has no other children; that quarter is cut out. */
    private byte[] halved(byte[] tile, int width) {
        byte[] parent = new Halving(format, width).parent(List.of(tile, tile, tile, tile));
        int half = width / 2;
        int bytes = format.type().bytes();
        byte[] quarter = new byte[half * half * bytes];
        for (int line = 0; line < half; line++) {
            System.arraycopy(parent, line * width * bytes, quarter, line * half * bytes, half * bytes);
        }
        return quarter;
    }

    /** Returns where the pixel at a point of the sky, in the survey's frame, stands in {@link #data}; −1 if it has no tile. */
    public int offsetAt(SkyPoint point) {
        int width = layout.blockWidth();
        int log2Width = Integer.numberOfTrailingZeros(width);
        long pixel = HealpixGrid.ofOrder(layout.order() + log2Width).nestedAt(point);
        int tile = (int) (pixel >> (2 * log2Width));
        if (!present[tile]) {
            return -1;
        }
        int inBlock = PixelOrder.fitsOffset(width, pixel & ((long) width * width - 1));
        int row = layout.height() - layout.top(tile) - width + inBlock / width;
        return row * layout.width() + layout.left(tile) + inBlock % width;
    }
}
