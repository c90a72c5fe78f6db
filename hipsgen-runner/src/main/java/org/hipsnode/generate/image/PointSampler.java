package org.hipsnode.generate.image;

import java.io.IOException;

/** Takes values at the centres of pixels: bilinear, or those of the nearest pixels of the image. */
final class PointSampler extends SquareSampler {
    /** By so much, in pixels of the image, places in between may lie beyond the corners. */
    private static final double ROUNDING = 1e-6;

    /** By so much places in quarters may lie beyond the corners of the whole. */
    private static final double NEARLY = 0.25;

    private final boolean nearest;
    private final Window window;
    private Line line = new Line(SIDE);

    /** Of which the window has all that is needed. */
    private Square ahead = Square.NONE;

    /** A square of the tile, and where its corners lie in the image. */
    private static final class Square {
        static final Square NONE = new Square(0, 0, 0, new double[0][]);

        private final int x;
        private final int y;
        private final int side;
        private final double[][] corners;

        private Square(int x, int y, int side, double[][] corners) {
            this.x = x;
            this.y = y;
            this.side = side;
            this.corners = corners;
        }

        static Square of(int x, int y, int side, double[][] places) {
            double[][] corners = new double[4][];
            for (int i = 0; i < corners.length; i++) {
                corners[i] = places[i].clone();
            }
            return new Square(x, y, side, corners);
        }

        /** Tells whether the corners of a quarter, or of a part of one, lie nearly where they would if places were linear in all. */
        boolean reaches(int partX, int partY, int partSide, double[][] places) {
            for (int i = 0; i < corners.length; i++) {
                double alongX = (partX + (i & 1) * (partSide - 1) - x) / (double) (side - 1);
                double alongY = (partY + (i >> 1) * (partSide - 1) - y) / (double) (side - 1);
                for (int axis = 0; axis < 2; axis++) {
                    double low = between(corners[0][axis], corners[1][axis], alongX);
                    double high = between(corners[2][axis], corners[3][axis], alongX);
                    if (!(Math.abs(between(low, high, alongY) - places[i][axis]) <= NEARLY - ROUNDING)) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Tells whether a pixel lies within, and so the square that begins with it: squares are halved and never overlap. */
        boolean holds(int pixelX, int pixelY) {
            return pixelX >= x && pixelX < x + side && pixelY >= y && pixelY < y + side;
        }
    }

    PointSampler(Pair pair, boolean nearest, Sink sink) {
        super(pair, 0.5, sink);
        this.nearest = nearest;
        this.window = new Window(pixels, image);
    }

    @Override
    void single(int x, int y) throws IOException {
        double[] place = new double[2];
        if (locate(x + 0.5, y + 0.5, place) && image.holds(place[0], place[1])) {
            int column = (int) Math.floor(place[0]);
            int row = (int) Math.floor(place[1]);
            window.fill(column, row, column + 1, row + 1);
            ahead = Square.NONE;
            double value = nearest ? window.nearest(place[0], place[1]) : window.bilinear(place[0], place[1]);
            give(x, y, value, place[0], place[1]);
        }
    }

    @Override
    boolean linear(int x, int y, int side, double[][] places) throws IOException {
        int[] part = part(places, ROUNDING);
        if (part[1] < part[0] || part[3] < part[2]) {
            return true;
        }
        if (isTooLarge(part)) {
            return false;
        }
        if (!ahead.holds(x, y) || !ahead.reaches(x, y, side, places)) {
            window.fill(part[0], part[2], part[1], part[3], places, ROUNDING);
            ahead = Square.NONE;
        }
        line = line.side() == side ? line : new Line(side);
        for (int i = 0; i < side; i++) {
            double along = (double) i / (side - 1);
            line.place(
                    between(places[0][0], places[1][0], along),
                    between(places[0][1], places[1][1], along),
                    between(places[2][0], places[3][0], along),
                    between(places[2][1], places[3][1], along),
                    image);
            if (line.first() < line.end()) {
                take(x + i, y, line, part[0], part[2]);
            }
        }
        return true;
    }

    /** Reads at once what they need, if that is nearly clear: long rows are read faster than short ones. */
    @Override
    void prepareQuarters(int x, int y, int side, double[][] places) throws IOException {
        if (ahead.holds(x, y)) {
            return;
        }
        int[] part = part(places, NEARLY);
        if (isLinear(places, NEARLY / 2) && part[0] <= part[1] && part[2] <= part[3] && !isTooLarge(part)) {
            window.fill(part[0], part[2], part[1], part[3], places, NEARLY);
            ahead = Square.of(x, y, side, places);
        }
    }

    /** Returns the first and last column, and the first and last row, that are needed of the image: outside there is nothing to read. */
    private int[] part(double[][] places, double margin) {
        double[] range = range(places, 4);
        return new int[] {
            (int) Math.floor(Math.max(-1, range[0] - margin)),
            (int) Math.floor(Math.min(image.width(), range[1] + margin)) + 1,
            (int) Math.floor(Math.max(-1, range[2] - margin)),
            (int) Math.floor(Math.min(image.height(), range[3] + margin)) + 1
        };
    }

    private static boolean isTooLarge(int[] part) {
        return (long) (part[1] - part[0] + 1) * (part[3] - part[2] + 1) > MAX_WINDOW;
    }

    private static double between(double from, double to, double along) {
        return from + along * (to - from);
    }

    private void take(int x, int y, Line line, int left, int bottom) {
        if (nearest) {
            for (int i = line.first(); i < line.end(); i++) {
                line.values()[i] = window.nearest(line.x(i), line.y(i));
            }
        } else {
            window.bilinear(line, left, bottom);
        }
        if (window.hasWeights()) {
            for (int i = line.first(); i < line.end(); i++) {
                give(x, y + i, line.values()[i], line.x(i), line.y(i));
            }
        } else {
            sink.accept(x, y, line);
        }
    }

    private void give(int x, int y, double value, double imageX, double imageY) {
        if (!Double.isNaN(value)) {
            sink.accept(x, y, value, window.weight(imageX, imageY), imageX, imageY);
        }
    }
}
