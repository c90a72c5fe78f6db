package org.hipsnode.generate.write;

import java.util.Arrays;
import java.util.List;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.pyramid.Halving;
import org.hipsnode.generate.render.Brush;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.tile.AllskyLayout;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/**
 * The small copies of all tiles of one order, averaged down to the blocks of an Allsky file; also the coarse picture of the
 * whole sky that a preview is drawn from.
 *
 * <p>A tile three orders up is its descendants averaged thrice, side by side, so blocks are cut from there and nothing is
 * averaged twice. Tiles may be put by many threads at once: each has its own place.
 */
public final class AllskyMosaic implements ShownSky {
    private final AllskyLayout layout;
    private final PixelFormat format;
    private final int planes;
    private final int tileWidth;
    private final int ordersUp;
    private final HealpixGrid grid;
    private final int lineWidth;
    private final int pixels;

    /** Where the lowest line of each tile's block begins in a plane; −1 if it has no tile. */
    private final int[] starts;

    private final byte[] data;

    /**
     * Prepares a mosaic without pixels.
     *
     * @param planes numbers of a pixel, plane after plane
     * @param tiles where the survey has tiles, at its deepest order
     */
    public AllskyMosaic(AllskyLayout layout, PixelFormat format, int planes, int tileWidth, Moc tiles) {
        this.layout = layout;
        this.format = format;
        this.planes = planes;
        this.tileWidth = tileWidth;
        this.ordersUp = Math.min(layout.order(), Integer.numberOfTrailingZeros(tileWidth / layout.blockWidth()));
        this.grid = HealpixGrid.ofOrder(pixelOrder());
        this.lineWidth = layout.width();
        this.pixels = lineWidth * layout.height();
        this.starts = new int[(int) HealpixGrid.pixelCount(layout.order())];
        Arrays.setAll(starts, tile -> tiles.touchesCell(layout.order(), tile) ? start(tile) : -1);
        this.data = new byte[planes * pixels * format.type().bytes()];
        if (format.hasBlank()) {
            format.fillBlank(data, 0, planes * pixels);
        }
    }

    public AllskyLayout layout() {
        return layout;
    }

    /** Returns the mosaic's pixels, plane after plane, bottom line first. */
    public byte[] data() {
        return data;
    }

    /** Takes what it needs of a tile; tiles of other orders than the one that it cuts blocks from are none of its business. */
    public void accept(TileAddress address, byte[] tile) {
        if (address.order() != layout.order() - ordersUp) {
            return;
        }
        int across = 1 << ordersUp;
        for (int plane = 0; plane < planes; plane++) {
            for (int i = 0; i < across * across; i++) {
                // the squares of descendants lie in a tile as pixels would in one as narrow as there are squares across
                int index = (int) address.index() * across * across + i;
                put(plane, index, square(tile, plane, PixelOrder.fitsOffset(across, i)));
            }
        }
    }

    /** Returns the square of a descendant, averaged to the width of a block. */
    private byte[] square(byte[] tile, int plane, int place) {
        int across = 1 << ordersUp;
        int width = tileWidth / across;
        int start = plane * tileWidth * tileWidth + (place / across * tileWidth + place % across) * width;
        byte[] square = cut(tile, tileWidth, start, width);
        for (; width > layout.blockWidth(); width /= 2) {
            square = halved(square, width);
        }
        return square;
    }

    private byte[] cut(byte[] image, int imageWidth, int first, int width) {
        int bytes = format.type().bytes();
        byte[] square = new byte[width * width * bytes];
        for (int line = 0; line < width; line++) {
            System.arraycopy(image, (first + line * imageWidth) * bytes, square, line * width * bytes, width * bytes);
        }
        return square;
    }

    private void put(int plane, int index, byte[] block) {
        int bytes = layout.blockWidth() * format.type().bytes();
        for (int line = 0; line < layout.blockWidth(); line++) {
            int target = (plane * pixels + start(index) + line * lineWidth)
                    * format.type().bytes();
            System.arraycopy(block, line * bytes, data, target, bytes);
        }
    }

    /** A tile is the quarter of a parent that has no other children; that quarter is cut out. */
    private byte[] halved(byte[] tile, int width) {
        byte[] parent = new Halving(format, width).parent(List.of(tile, tile, tile, tile));
        return cut(parent, width, 0, width / 2);
    }

    @Override
    public int colour(UnitVector direction, Brush brush) {
        int offset = offsetAt(direction);
        return offset < 0 ? 0 : brush.colour(data, offset, pixels);
    }

    @Override
    public int pixelOrder() {
        return layout.order() + Integer.numberOfTrailingZeros(layout.blockWidth());
    }

    /** Returns where the pixel in a direction of the survey's frame stands in a plane; −1 if it has no tile. */
    private int offsetAt(UnitVector direction) {
        int blockWidth = layout.blockWidth();
        long pixel = grid.nestedAt(direction);
        int start = starts[(int) (pixel / ((long) blockWidth * blockWidth))];
        int inBlock = PixelOrder.fitsOffset(blockWidth, pixel & ((long) blockWidth * blockWidth - 1));
        return start < 0 ? -1 : start + inBlock / blockWidth * lineWidth + inBlock % blockWidth;
    }

    private int start(int tile) {
        return (layout.height() - layout.top(tile) - layout.blockWidth()) * lineWidth + layout.left(tile);
    }
}
