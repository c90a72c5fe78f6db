package org.hipsnode.generate.image;

import java.io.IOException;

/** Takes values at the centres of pixels: bilinear, or those of the nearest pixels of the image. */
final class PointSampler extends SquareSampler {
    private final boolean nearest;

    PointSampler(Pair pair, boolean nearest, Sink sink) {
        super(pair, 0.5, sink);
        this.nearest = nearest;
    }

    @Override
    void single(int x, int y) throws IOException {
        double[] place = new double[2];
        if (locate(x + 0.5, y + 0.5, place) && isInside(place[0], place[1])) {
            int column = (int) Math.floor(place[0]);
            int row = (int) Math.floor(place[1]);
            give(Window.read(blocks, image, column, row, column + 1, row + 1), x, y, place[0], place[1]);
        }
    }

    @Override
    boolean linear(int x, int y, int side, double[][] places) throws IOException {
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
            sink.accept(x, y, value, window.weight(imageX, imageY), imageX, imageY);
        }
    }
}
