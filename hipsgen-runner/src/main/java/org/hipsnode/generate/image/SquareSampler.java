package org.hipsnode.generate.image;

import java.io.IOException;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.wcs.ImageWcs;

/**
 * Takes the values of one image at the centres of the pixels of a tile.
 *
 * <p>Where a pixel's centre lies in the image is computed exactly at the corners of a square of the tile, and taken to be linear
 * in between if that is right within {@link #TOLERANCE} in the middle and at the middles of the edges; else the square is cut in
 * quarters, down to single pixels. So are squares that are partly off the projection, and those that would need too large a
 * piece of the image at once.
 */
final class SquareSampler {
    /** Side of the first squares. */
    static final int SIDE = 64;

    /** In pixels of the image; between the places that are looked at it may be twice as much, below a thousandth. */
    private static final double TOLERANCE = 4e-4;

    /** Pixels of the largest piece of an image: 512 KB. */
    private static final long MAX_WINDOW = 1 << 16;

    /** How much farther than the places that are looked at a square may reach, as part of its size in the image. */
    private static final double BULGE = 0.1;

    /** Corners, middles of edges, middle: as halves of the sides of a square. */
    private static final int[][] PLACES = {{0, 0}, {2, 0}, {0, 2}, {2, 2}, {1, 0}, {1, 2}, {0, 1}, {2, 1}, {1, 1}};

    private final SkyImage image;
    private final ImageWcs wcs;
    private final PixelBlocks blocks;
    private final HealpixGrid cells;
    private final TileAddress tile;
    private final int width;
    private final boolean nearest;
    private final Sink sink;

    /** Takes values. */
    interface Sink {
        /**
         * Takes a value.
         *
         * @param x pixel of the tile along its cell's side to the north-east
         * @param y pixel of the tile along its cell's side to the north-west
         * @param imageX place in the image, the centre of its first pixel being 0
         * @param imageY as imageX
         */
        void accept(int x, int y, double value, double imageX, double imageY);

        /** Tells whether no more values are needed. */
        boolean isFull();
    }

    /**
     * Prepares sampling.
     *
     * @param wcs of the image in the frame of the tile
     * @param width of the tile in pixels
     */
    SquareSampler(
            SkyImage image, ImageWcs wcs, PixelBlocks blocks, TileAddress tile, int width, boolean nearest, Sink sink) {
        this.image = image;
        this.wcs = wcs;
        this.blocks = blocks;
        this.cells = HealpixGrid.ofOrder(tile.order());
        this.tile = tile;
        this.width = width;
        this.nearest = nearest;
        this.sink = sink;
    }

    /** Takes the values in a square of the tile, its side a power of two. */
    void sample(int x, int y, int side) throws IOException {
        if (side <= SIDE) {
            square(x, y, side);
            return;
        }
        for (int up = 0; up < side; up += SIDE) {
            for (int along = 0; along < side && !sink.isFull(); along += SIDE) {
                square(x + along, y + up, SIDE);
            }
        }
    }

    private void square(int x, int y, int side) throws IOException {
        double[][] places = new double[PLACES.length][2];
        int seen = 0;
        for (int i = 0; i < PLACES.length; i++) {
            double half = (side - 1) / 2.0;
            if (locate(x + PLACES[i][0] * half, y + PLACES[i][1] * half, places[i])) {
                seen++;
            }
            if (side == 1) {
                exact(x, y, places[0], seen == 1);
                return;
            }
        }
        if (seen == PLACES.length) {
            if (isBeside(places)) {
                return;
            }
            if (isLinear(places) && linear(x, y, side, places)) {
                return;
            }
        }
        int half = side / 2;
        for (int quarter = 0; quarter < 4 && !sink.isFull(); quarter++) {
            square(x + (quarter & 1) * half, y + (quarter >> 1) * half, half);
        }
    }

    /** Finds where the centre of a pixel, or a place between centres, lies in the image. */
    private boolean locate(double x, double y, double[] place) {
        UnitVector direction = cells.pointIn(tile.index(), (x + 0.5) / width, (y + 0.5) / width)
                .vector();
        if (!wcs.toPixel(direction.x(), direction.y(), direction.z(), place)) {
            return false;
        }
        // FITS counts from 1
        place[0] -= 1;
        place[1] -= 1;
        return true;
    }

    private boolean isBeside(double[][] places) {
        double[] range = range(places, places.length);
        double marginX = 1 + BULGE * (range[1] - range[0]);
        double marginY = 1 + BULGE * (range[3] - range[2]);
        return !(range[1] + marginX >= 0
                && range[0] - marginX <= image.width() - 1
                && range[3] + marginY >= 0
                && range[2] - marginY <= image.height() - 1);
    }

    /** Returns the least and the greatest x, and the same of y. */
    private static double[] range(double[][] places, int count) {
        double[] range = {places[0][0], places[0][0], places[0][1], places[0][1]};
        for (int i = 1; i < count; i++) {
            range[0] = Math.min(range[0], places[i][0]);
            range[1] = Math.max(range[1], places[i][0]);
            range[2] = Math.min(range[2], places[i][1]);
            range[3] = Math.max(range[3], places[i][1]);
        }
        return range;
    }

    private static boolean isLinear(double[][] places) {
        for (int axis = 0; axis < 2; axis++) {
            double a = places[0][axis];
            double b = places[1][axis];
            double c = places[2][axis];
            double d = places[3][axis];
            double worst = Math.max(
                    Math.max(Math.abs((a + b) / 2 - places[4][axis]), Math.abs((c + d) / 2 - places[5][axis])),
                    Math.max(Math.abs((a + c) / 2 - places[6][axis]), Math.abs((b + d) / 2 - places[7][axis])));
            if (!(Math.max(worst, Math.abs((a + b + c + d) / 4 - places[8][axis])) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    private void exact(int x, int y, double[] place, boolean isSeen) throws IOException {
        if (isSeen && isInside(place[0], place[1])) {
            int column = (int) Math.floor(place[0]);
            int row = (int) Math.floor(place[1]);
            give(Window.read(blocks, image, column, row, column + 1, row + 1), x, y, place[0], place[1]);
        }
    }

    /** Samples a square in which places are linear; false if that needs too much of the image at once. */
    private boolean linear(int x, int y, int side, double[][] places) throws IOException {
        double[] range = range(places, 4);
        // outside of the image there is nothing to read
        int x0 = (int) Math.floor(Math.max(-1, range[0]));
        int x1 = (int) Math.floor(Math.min(image.width(), range[1])) + 1;
        int y0 = (int) Math.floor(Math.max(-1, range[2]));
        int y1 = (int) Math.floor(Math.min(image.height(), range[3])) + 1;
        if (x1 < x0 || y1 < y0) {
            return true;
        }
        if ((long) (x1 - x0 + 1) * (y1 - y0 + 1) > MAX_WINDOW) {
            return false;
        }
        Window window = Window.read(blocks, image, x0, y0, x1, y1);
        for (int row = 0; row < side; row++) {
            double up = (double) row / (side - 1);
            double fromX = places[0][0] + up * (places[2][0] - places[0][0]);
            double fromY = places[0][1] + up * (places[2][1] - places[0][1]);
            double stepX = (places[1][0] + up * (places[3][0] - places[1][0]) - fromX) / (side - 1);
            double stepY = (places[1][1] + up * (places[3][1] - places[1][1]) - fromY) / (side - 1);
            for (int column = 0; column < side; column++) {
                double imageX = fromX + column * stepX;
                double imageY = fromY + column * stepY;
                if (isInside(imageX, imageY)) {
                    give(window, x + column, y + row, imageX, imageY);
                }
            }
        }
        return true;
    }

    private boolean isInside(double x, double y) {
        return x >= -0.5 && x < image.width() - 0.5 && y >= -0.5 && y < image.height() - 0.5;
    }

    private void give(Window window, int x, int y, double imageX, double imageY) {
        double value = nearest ? window.nearest(imageX, imageY) : window.bilinear(imageX, imageY);
        if (!Double.isNaN(value)) {
            sink.accept(x, y, value, imageX, imageY);
        }
    }
}
