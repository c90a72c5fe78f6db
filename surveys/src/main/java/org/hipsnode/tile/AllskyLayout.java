package org.hipsnode.tile;

import org.hipsnode.healpix.HealpixGrid;

/**
 * The mosaic of an Allsky file (HiPS 1.0 §4.3.2): small copies of all tiles of an order, row by row from the top left.
 *
 * @param order 0 to 3
 * @param blockWidth pixels along the side of one small copy
 */
public record AllskyLayout(int order, int blockWidth) {
    /** The order whose Allsky viewers ask for. */
    public static final int USUAL_ORDER = 3;

    private static final int LARGEST_BLOCK = 64;

    public AllskyLayout {
        if (order < 0 || order > 3) {
            throw new IllegalArgumentException("an Allsky file has order 0 to 3, found " + order);
        }
    }

    /** Returns the layout for tiles of a width: blocks of that width, of 64 pixels at most. */
    public static AllskyLayout of(int order, int tileWidth) {
        return new AllskyLayout(order, Math.min(LARGEST_BLOCK, PixelOrder.requireWidth(tileWidth)));
    }

    private int tiles() {
        return (int) HealpixGrid.pixelCount(order);
    }

    /** Returns the blocks in a row, ⌊√(12·4^order)⌋. */
    public int columns() {
        return (int) Math.sqrt(tiles());
    }

    public int rows() {
        return (tiles() + columns() - 1) / columns();
    }

    /** Returns the width of the mosaic in pixels. */
    public int width() {
        return columns() * blockWidth;
    }

    /** Returns the height of the mosaic in pixels. */
    public int height() {
        return rows() * blockWidth;
    }

    /** Returns the leftmost pixel column of a tile's block. */
    public int left(int index) {
        return index % columns() * blockWidth;
    }

    /** Returns the topmost pixel line of a tile's block, lines counted from the top. */
    public int top(int index) {
        return index / columns() * blockWidth;
    }
}
