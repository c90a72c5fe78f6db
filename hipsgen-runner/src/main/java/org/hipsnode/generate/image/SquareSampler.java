package org.hipsnode.generate.image;

import java.io.IOException;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.wcs.ImageWcs;

/**
 * Takes the values of one image at the pixels of a tile: at their centres, or within their edges.
 *
 * <p>Where a place of the tile lies in the image is computed exactly at the corners of a square, and taken to be linear
 * in between if that is right within {@link #TOLERANCE} in the middle and at the middles of the edges; else the square is cut in
 * quarters, down to single pixels. So are squares that are partly off the projection, and those that would need too large a
 * piece of the image at once.
 */
abstract sealed class SquareSampler permits PointSampler, AreaSampler {
    /** Side of the first squares. */
    static final int SIDE = 64;

    /** In pixels of the image; between the places that are looked at it may be twice as much, below a thousandth. */
    static final double TOLERANCE = 4e-4;

    /** Pixels of the largest piece of an image: 512 KB. */
    static final long MAX_WINDOW = 1 << 16;

    /** How much farther than the places that are looked at a square may reach, as part of its size in the image. */
    private static final double BULGE = 0.1;

    /** Corners, middles of edges, middle: as halves of the sides of a square. */
    static final int[][] PLACES = {{0, 0}, {2, 0}, {0, 2}, {2, 2}, {1, 0}, {1, 2}, {0, 1}, {2, 1}, {1, 1}};

    final SkyImage image;
    final PixelReader pixels;
    final Sink sink;

    /** How far from the edges of a square the places are whose corners and middles are looked at, in pixels of the tile. */
    private final double inset;

    private final ImageWcs wcs;
    private final HealpixGrid cells;
    private final TileAddress tile;
    private final int width;

    /** Of the square that is looked at; of one pixel alone, as values are asked for the cut, there are none. */
    private double[][] places = {};

    private final double[] direction = new double[3];

    /**
     * A tile and an image.
     *
     * @param wcs of the image in the frame of the tile
     * @param width of the tile in pixels
     */
    record Pair(SkyImage image, ImageWcs wcs, PixelReader pixels, TileAddress tile, int width) {}

    /** Takes values. */
    interface Sink {
        /**
         * Takes a value.
         *
         * @param x pixel of the tile along its cell's side to the north-east
         * @param y pixel of the tile along its cell's side to the north-west
         * @param weight that the image's weights give it
         * @param imageX place of the middle in the image, the centre of its first pixel being 0
         * @param imageY as imageX
         */
        void accept(int x, int y, double value, double weight, double imageX, double imageY);

        /**
         * Takes the values of the pixels (x, y), (x, y + 1) and so on, all of weight 1.
         *
         * @param line not to be kept
         */
        void accept(int x, int y, Line line);

        /** Tells whether no more values are needed. */
        boolean isFull();
    }

    SquareSampler(Pair pair, double inset, Sink sink) {
        this.image = pair.image;
        this.wcs = pair.wcs;
        this.pixels = pair.pixels;
        this.cells = HealpixGrid.ofOrder(pair.tile.order());
        this.tile = pair.tile;
        this.width = pair.width;
        this.inset = inset;
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
        if (side == 1) {
            single(x, y);
            return;
        }
        if (places.length == 0) {
            places = new double[PLACES.length][2];
        }
        if (locateAll(x + inset, y + inset, side - 2 * inset, places)) {
            if (isBeside(places)) {
                return;
            }
            if (isLinear(places, TOLERANCE) && linear(x, y, side, places)) {
                return;
            }
            prepareQuarters(x, y, side, places);
        }
        int half = side / 2;
        for (int quarter = 0; quarter < 4 && !sink.isFull(); quarter++) {
            square(x + (quarter & 1) * half, y + (quarter >> 1) * half, half);
        }
    }

    /** Gives the value of one pixel. */
    abstract void single(int x, int y) throws IOException;

    /** Samples a square in which places are linear; false if that needs too much of the image at once. */
    abstract boolean linear(int x, int y, int side, double[][] places) throws IOException;

    /** Gets ready for the quarters of a square. */
    void prepareQuarters(int x, int y, int side, double[][] places) throws IOException {}

    /** Finds corners, middles of edges and the middle of a square of the tile; false if some are not on the image's plane. */
    final boolean locateAll(double x, double y, double side, double[][] places) {
        for (int i = 0; i < PLACES.length; i++) {
            if (!locate(x + PLACES[i][0] * side / 2, y + PLACES[i][1] * side / 2, places[i])) {
                return false;
            }
        }
        return true;
    }

    /** Finds where a place of the tile lies in the image: the first pixel of the tile reaches from 0 to 1. */
    final boolean locate(double x, double y, double[] place) {
        cells.vectorIn(tile.index(), x / width, y / width, direction);
        if (!wcs.toPixel(direction[0], direction[1], direction[2], place)) {
            return false;
        }
        // FITS counts from 1
        place[0] -= 1;
        place[1] -= 1;
        return true;
    }

    final boolean isBeside(double[][] places) {
        double[] range = range(places, places.length);
        double marginX = 1 + BULGE * (range[1] - range[0]);
        double marginY = 1 + BULGE * (range[3] - range[2]);
        return !(range[1] + marginX >= 0
                && range[0] - marginX <= image.width() - 1
                && range[3] + marginY >= 0
                && range[2] - marginY <= image.height() - 1);
    }

    /** Returns the least and the greatest x, and the same of y. */
    static double[] range(double[][] places, int count) {
        double[] range = {places[0][0], places[0][0], places[0][1], places[0][1]};
        for (int i = 1; i < count; i++) {
            range[0] = Math.min(range[0], places[i][0]);
            range[1] = Math.max(range[1], places[i][0]);
            range[2] = Math.min(range[2], places[i][1]);
            range[3] = Math.max(range[3], places[i][1]);
        }
        return range;
    }

    static boolean isLinear(double[][] places, double tolerance) {
        for (int axis = 0; axis < 2; axis++) {
            double a = places[0][axis];
            double b = places[1][axis];
            double c = places[2][axis];
            double d = places[3][axis];
            double worst = Math.max(
                    Math.max(Math.abs((a + b) / 2 - places[4][axis]), Math.abs((c + d) / 2 - places[5][axis])),
                    Math.max(Math.abs((a + c) / 2 - places[6][axis]), Math.abs((b + d) / 2 - places[7][axis])));
            if (!(Math.max(worst, Math.abs((a + b + c + d) / 4 - places[8][axis])) <= tolerance)) {
                return false;
            }
        }
        return true;
    }
}
