package org.hipsnode.tile;

import org.hipsnode.healpix.Zorder;

/**
 * Where the HEALPix pixels of a tile stand in its image (HiPS 1.0 §4.2.1; standards.md §1.3).
 *
 * <p>With x to the north-east and y to the north-west in the tile's cell, pixel (x, y) stands in image line x, counted from
 * the top as PNG and JPEG store it, and column y; FITS stores the same picture bottom line first.
 */
public final class PixelOrder {
    private PixelOrder() {}

    /**
     * Returns the place of pixel (x, y) in the data of a FITS tile.
     *
     * @param width pixels along the side of the tile
     */
    public static int fitsOffset(int width, int x, int y) {
        return (width - 1 - x) * width + y;
    }

    /** Returns the place of the pixel with a NESTED number relative to the tile's first, in the data of a FITS tile. */
    public static int fitsOffset(int width, long nestedInTile) {
        return fitsOffset(width, (int) Zorder.x(nestedInTile), (int) Zorder.y(nestedInTile));
    }

    /** Returns the NESTED number, relative to the tile's first, of the pixel at a place in the data of a FITS tile. */
    public static long nestedAt(int width, int fitsOffset) {
        return Zorder.index(width - 1 - fitsOffset / width, fitsOffset % width);
    }

    /** Refuses a tile width that is not a power of two from 1 to 32768. */
    public static int requireWidth(int width) {
        if (Integer.bitCount(width) != 1 || width < 1 || width > 1 << 15) {
            throw new IllegalArgumentException("tile width must be a power of two from 1 to 32768, found " + width);
        }
        return width;
    }
}
