package org.hipsnode.generate.plan;

import java.util.OptionalInt;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.PixelOrder;

/**
 * How a survey's pixels are cut into tiles.
 *
 * @param frame of the tiles
 * @param order of the deepest tiles that are written
 * @param tileWidth pixels along the side of a tile
 * @param sourceOrder order of the tiles that the source fills; deeper than {@code order} where the survey is coarser than its
 *     source, and averaged down to it
 */
public record Layout(Frame frame, int order, int tileWidth, int sourceOrder) {
    private static final int USUAL_WIDTH = 512;

    /** Viewers open a survey by the Allsky file of this order, so there should be one. */
    private static final int FIRST_VIEWED_ORDER = 3;

    /**
     * Chooses a layout for a map without resampling: tile width × 2^order = nside, the width halved from 512 until the order
     * is at least 3, as Hipsgen does. Maps of nside below 8 have their pixels repeated up to nside 8.
     *
     * @param pixelOrder log2 of the map's nside
     * @param width as given
     * @param order as given; below the map's own, the deeper orders are averaged and left out
     */
    public static Layout forMap(Frame frame, int pixelOrder, OptionalInt width, OptionalInt order) {
        int viewedOrder = Math.max(pixelOrder, FIRST_VIEWED_ORDER);
        int tileWidth = width.isPresent() ? PixelOrder.requireWidth(width.getAsInt()) : usualWidth(viewedOrder);
        int log2Width = Integer.numberOfTrailingZeros(tileWidth);
        if (log2Width > viewedOrder) {
            throw new IllegalArgumentException(
                    "tile width must be at most the map's nside of " + (1L << pixelOrder) + ", found " + tileWidth);
        }
        int own = viewedOrder - log2Width;
        int wanted = order.orElse(own);
        if (wanted < 0 || wanted > own) {
            throw new IllegalArgumentException("order must be 0 to " + own + " for a map of nside " + (1L << pixelOrder)
                    + " in tiles of width " + tileWidth + ", found " + wanted
                    + "; narrower tiles (--tile-width) give deeper orders, --resampling bilinear finer pixels");
        }
        return new Layout(frame, wanted, tileWidth, own);
    }

    private static int usualWidth(int pixelOrder) {
        int width = USUAL_WIDTH;
        while (width > 1 && Integer.numberOfTrailingZeros(width) + FIRST_VIEWED_ORDER > pixelOrder) {
            width /= 2;
        }
        return width;
    }

    /** Returns the order of the pixels of the deepest tiles written. */
    public int pixelOrder() {
        return order + Integer.numberOfTrailingZeros(tileWidth);
    }
}
