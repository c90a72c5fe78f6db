package org.hipsnode.generate.image;

import java.io.IOException;

/** Takes values at the centres of pixels: bilinear, or those of the nearest pixels of the image. */
final class PointSampler extends SquareSampler {
    /** By so much, in pixels of the image, places in between may lie beyond the corners. */
    private static final double ROUNDING = 1e-6;

    private final boolean nearest;
    private final Window window;

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
            double value = nearest ? window.nearest(place[0], place[1]) : window.bilinear(place[0], place[1]);
            give(x, y, value, place[0], place[1]);
        }
    }

    @Override
    boolean linear(int x, int y, int side, double[][] places) throws IOException {
        double[] range = range(places, 4);
        // outside of the image there is nothing to read
        int x0 = (int) Math.floor(Math.max(-1, range[0] - ROUNDING));
        int x1 = (int) Math.floor(Math.min(image.width(), range[1] + ROUNDING)) + 1;
        int y0 = (int) Math.floor(Math.max(-1, range[2] - ROUNDING));
        int y1 = (int) Math.floor(Math.min(image.height(), range[3] + ROUNDING)) + 1;
        if (x1 < x0 || y1 < y0) {
            return true;
        }
        if ((long) (x1 - x0 + 1) * (y1 - y0 + 1) > MAX_WINDOW) {
            return false;
        }
        window.fill(x0, y0, x1, y1);
        Line line = new Line(side);
        for (int i = 0; i < side; i++) {
            double along = (double) i / (side - 1);
            line.place(
                    between(places[0][0], places[1][0], along),
                    between(places[0][1], places[1][1], along),
                    between(places[2][0], places[3][0], along),
                    between(places[2][1], places[3][1], along),
                    image);
            if (line.first() < line.end()) {
                take(x + i, y, line);
            }
        }
        return true;
    }

    private static double between(double from, double to, double along) {
        return from + along * (to - from);
    }

    private void take(int x, int y, Line line) {
        if (nearest) {
            for (int i = line.first(); i < line.end(); i++) {
                line.values()[i] = window.nearest(line.x(i), line.y(i));
            }
        } else {
            window.bilinear(line);
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
