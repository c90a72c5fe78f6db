package org.hipsnode.generate.image;

import java.util.OptionalInt;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.Frame;
import org.hipsnode.survey.SurveyDefinition.Tiles;

/**
 * The pixels into which a collection of images is sampled.
 *
 * @param pixelOrder order of the pixels
 * @param width of the tiles, where the pixels ask for one; else the usual one
 */
public record ImageGrid(Frame frame, int pixelOrder, OptionalInt width) {
    static final int USUAL_WIDTH = 512;

    /** Viewers open a survey by the Allsky file of this order, so there should be one. */
    private static final int FIRST_VIEWED_ORDER = 3;

    /**
     * Chooses the coarsest pixels that are not larger than those of the images, as Hipsgen does; finer ones where order and
     * tile width ask for them. Where they ask for coarser ones, the tiles of the finer are averaged, so nothing is chosen here.
     *
     * @param scaleDegrees side of a pixel of the images
     */
    public static ImageGrid of(double scaleDegrees, Tiles tiles) {
        int own = pixelOrder(scaleDegrees);
        Frame frame = tiles.resampling().frame().orElse(Frame.EQUATORIAL);
        if (tiles.width().isEmpty() && tiles.order().isEmpty()) {
            return new ImageGrid(frame, own, OptionalInt.empty());
        }
        int width = tiles.width().orElse(USUAL_WIDTH);
        int wanted = tiles.order().orElse(FIRST_VIEWED_ORDER) + Integer.numberOfTrailingZeros(width);
        return wanted > HealpixGrid.MAX_ORDER
                ? new ImageGrid(frame, HealpixGrid.MAX_ORDER, OptionalInt.of(width))
                : wanted >= own
                        ? new ImageGrid(frame, wanted, OptionalInt.of(width))
                        : new ImageGrid(frame, own, tiles.width());
    }

    private static int pixelOrder(double scaleDegrees) {
        int order = 0;
        while (order < HealpixGrid.MAX_ORDER
                && Math.toDegrees(HealpixGrid.ofOrder(order).pixelSizeRadians()) > scaleDegrees) {
            order++;
        }
        return order;
    }

    /** Returns the order of the tiles that are filled: those whose images are looked up. */
    int tileOrder() {
        int log2Width = Integer.numberOfTrailingZeros(width.orElse(USUAL_WIDTH));
        return Math.max(0, pixelOrder - log2Width);
    }
}
