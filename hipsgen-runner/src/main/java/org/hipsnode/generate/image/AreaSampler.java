package org.hipsnode.generate.image;

import java.io.IOException;

/**
 * Takes what the image has within the edges of pixels of the tile, by the areas of the overlaps: drizzling whose drops are as
 * large as the pixels (Fruchter & Hook 2002, PASP 114, 144, §2 and eq. 4 and 5), with tile and image changed over.
 *
 * <p>A pixel of the tile is a quadrilateral in the plane of the image. Within one the scale of an image hardly changes, so
 * parts of areas are the same there as on the sky. Means keep the surface brightness: its sum over equal-area pixels is the
 * flux. Counts, which are of a pixel and not of a square arcsecond, are shared out instead, so that their sum is kept.
 *
 * <p>Where pixels are cut by the end of a projection, or by the line where a map of the whole sky comes back to its beginning,
 * pieces of them are taken, and what is smaller than a sixteenth of a side is left out.
 */
final class AreaSampler extends SquareSampler {
    /** How often pixels are halved that are not quadrilaterals. */
    private static final int MOST_CUTS = 4;

    /** Pieces this straight, as part of their size, are quadrilaterals: at the poles of HEALPix few pixels are. */
    private static final double STRAIGHT = 1e-3;

    /** The same for the smallest pieces. */
    private static final double STRAIGHT_ENOUGH = 0.02;

    /** By so much, in pixels of the image, places in between may lie beyond the corners. */
    private static final double ROUNDING = 1e-6;

    private final Manner manner;

    /** What is made of the values of the pixels that a pixel touches. */
    enum Manner {
        /** Their mean. */
        MEAN,
        /** Their mean, if at least half of the pixel has values: where one image has to speak for it all. */
        MEAN_OF_HALF,
        /** The sum of the parts that lie within. */
        SHARES
    }

    AreaSampler(Pair pair, Manner manner, Sink sink) {
        super(pair, 0, sink);
        this.manner = manner;
    }

    @Override
    void single(int x, int y) throws IOException {
        Content content = new Content();
        add(x, y, 1, 0, content);
        double[] place = new double[2];
        if (locate(x + 0.5, y + 0.5, place)) {
            give(x, y, content, place[0], place[1]);
        }
    }

    private void add(double x, double y, double side, int cuts, Content content) throws IOException {
        double[][] places = new double[PLACES.length][2];
        if (locateAll(x, y, side, places)) {
            if (isBeside(places)) {
                return;
            }
            double[] range = range(places, 4);
            double size = Math.max(range[1] - range[0], range[3] - range[2]);
            double straight = cuts < MOST_CUTS ? STRAIGHT : STRAIGHT_ENOUGH;
            if (isLinear(places, Math.max(TOLERANCE, straight * size)) && add(range, places, content)) {
                return;
            }
        }
        if (cuts < MOST_CUTS) {
            double half = side / 2;
            for (int quarter = 0; quarter < 4; quarter++) {
                add(x + (quarter & 1) * half, y + (quarter >> 1) * half, half, cuts + 1, content);
            }
        }
    }

    private boolean add(double[] range, double[][] places, Content content) throws IOException {
        int[] part = part(range);
        if (part[1] < part[0] || part[3] < part[2]) {
            return true;
        }
        if (isTooLarge(part)) {
            return false;
        }
        Quadrilateral piece = content.piece;
        piece.corner(0, places[0][0], places[0][1]);
        piece.corner(1, places[1][0], places[1][1]);
        piece.corner(2, places[3][0], places[3][1]);
        piece.corner(3, places[2][0], places[2][1]);
        content.add(Window.read(pixels, image, part[0], part[2], part[1], part[3]));
        return true;
    }

    /** Returns the first and last column, and the first and last row, of the image's pixels within a range. */
    private int[] part(double[] range) {
        return new int[] {
            (int) Math.max(0, Math.floor(range[0] + 0.5 - ROUNDING)),
            (int) Math.min(image.width() - 1, Math.floor(range[1] + 0.5 + ROUNDING)),
            (int) Math.max(0, Math.floor(range[2] + 0.5 - ROUNDING)),
            (int) Math.min(image.height() - 1, Math.floor(range[3] + 0.5 + ROUNDING))
        };
    }

    private static boolean isTooLarge(int[] part) {
        return (long) (part[1] - part[0] + 1) * (part[3] - part[2] + 1) > MAX_WINDOW;
    }

    @Override
    boolean linear(int x, int y, int side, double[][] places) throws IOException {
        int[] part = part(range(places, 4));
        if (part[1] < part[0] || part[3] < part[2]) {
            return true;
        }
        if (isTooLarge(part)) {
            return false;
        }
        Window window = Window.read(pixels, image, part[0], part[2], part[1], part[3]);
        Content content = new Content();
        double[] low = new double[2 * (side + 1)];
        double[] high = new double[2 * (side + 1)];
        line(places, 0, side, high);
        for (int row = 0; row < side && !sink.isFull(); row++) {
            double[] passed = low;
            low = high;
            high = passed;
            line(places, row + 1, side, high);
            for (int column = 0; column < side; column++) {
                content.clear();
                content.take(low, high, 2 * column);
                content.add(window);
                Quadrilateral piece = content.piece;
                give(x + column, y + row, content, piece.middleX(), piece.middleY());
            }
        }
        return true;
    }

    /** Finds the corners of pixels along the lower edges of a row. */
    private static void line(double[][] places, int row, int side, double[] corners) {
        double up = (double) row / side;
        for (int axis = 0; axis < 2; axis++) {
            double from = places[0][axis] + up * (places[2][axis] - places[0][axis]);
            double to = places[1][axis] + up * (places[3][axis] - places[1][axis]);
            for (int column = 0; column <= side; column++) {
                corners[2 * column + axis] = from + (to - from) * column / side;
            }
        }
    }

    private void give(int x, int y, Content content, double imageX, double imageY) {
        double covered = content.covered / content.area;
        boolean enough = manner == Manner.MEAN_OF_HALF ? covered >= 0.5 : covered > Quadrilateral.NOTHING;
        if (enough) {
            double value = manner == Manner.SHARES ? content.shares : content.weighted / content.weights;
            sink.accept(x, y, value, content.weights / content.area, imageX, imageY);
        }
    }

    /** What lies within a pixel of the tile. */
    private final class Content {
        private final Quadrilateral piece = new Quadrilateral();
        private double area;
        private double covered;
        private double shares;
        private double weights;
        private double weighted;

        void clear() {
            area = 0;
            covered = 0;
            shares = 0;
            weights = 0;
            weighted = 0;
        }

        void take(double[] low, double[] high, int at) {
            piece.corner(0, low[at], low[at + 1]);
            piece.corner(1, low[at + 2], low[at + 3]);
            piece.corner(2, high[at + 2], high[at + 3]);
            piece.corner(3, high[at], high[at + 1]);
        }

        /** Adds what lies within the quadrilateral. */
        void add(Window window) {
            area += piece.area();
            int left = (int) Math.max(0, Math.floor(piece.minX() + 0.5));
            int right = (int) Math.min(image.width() - 1, Math.floor(piece.maxX() + 0.5));
            int bottom = (int) Math.max(0, Math.floor(piece.minY() + 0.5));
            int top = (int) Math.min(image.height() - 1, Math.floor(piece.maxY() + 0.5));
            for (int y = bottom; y <= top; y++) {
                for (int x = left; x <= right; x++) {
                    double value = window.value(x, y);
                    if (!Double.isNaN(value)) {
                        add(value, window.weight(x, y), piece.overlap(x, y));
                    }
                }
            }
        }

        private void add(double value, double weight, double overlap) {
            covered += overlap;
            shares += overlap * value;
            weights += overlap * weight;
            weighted += overlap * weight * value;
        }
    }
}
