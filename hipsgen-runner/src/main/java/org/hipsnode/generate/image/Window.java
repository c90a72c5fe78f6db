package org.hipsnode.generate.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** A rectangle of an image's values, at hand; blank outside of the image. */
final class Window {
    private static final double[] NO_WEIGHTS = {};

    private final int x0;
    private final int y0;
    private final int width;
    private final double[] values;

    /** Empty where all are 1. */
    private final double[] weights;

    private Window(int x0, int y0, int width, double[] values, double[] weights) {
        this.x0 = x0;
        this.y0 = y0;
        this.width = width;
        this.values = values;
        this.weights = weights;
    }

    /** Reads the values of pixels x0 to x1 and y0 to y1, the last ones too, and their weights. */
    static Window read(PixelBlocks blocks, SkyImage image, int x0, int y0, int x1, int y1) throws IOException {
        double[] values = values(blocks, image, x0, y0, x1, y1);
        Optional<Treatment.Weights> map = image.treatment().weights();
        if (map.isEmpty()) {
            return new Window(x0, y0, x1 - x0 + 1, values, NO_WEIGHTS);
        }
        double[] weights = values(blocks, map.get().image(), x0, y0, x1, y1);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = map.get().of(weights[i]);
            // what has no weight is no value
            values[i] = weights[i] > 0 ? values[i] : Double.NaN;
        }
        return new Window(x0, y0, x1 - x0 + 1, values, weights);
    }

    private static double[] values(PixelBlocks blocks, SkyImage image, int x0, int y0, int x1, int y1)
            throws IOException {
        int width = x1 - x0 + 1;
        Window window = new Window(x0, y0, width, new double[width * (y1 - y0 + 1)], NO_WEIGHTS);
        Arrays.fill(window.values, Double.NaN);
        int blockWidth = PixelBlocks.blockWidth(image);
        int blockHeight = PixelBlocks.blockHeight(image);
        int right = Math.min(x1, image.width() - 1);
        int top = Math.min(y1, image.height() - 1);
        for (int row = Math.max(0, y0) / blockHeight; row * blockHeight <= top; row++) {
            for (int column = Math.max(0, x0) / blockWidth; column * blockWidth <= right; column++) {
                window.copy(blocks.block(image, column, row), image, column * blockWidth, row * blockHeight);
            }
        }
        return window.values;
    }

    /** Takes what a block at a place has of the window. */
    private void copy(byte[] block, SkyImage image, int blockX, int blockY) {
        int blockWidth = Math.min(PixelBlocks.blockWidth(image), image.width() - blockX);
        int blockHeight = Math.min(PixelBlocks.blockHeight(image), image.height() - blockY);
        int left = Math.max(x0, blockX);
        int right = Math.min(x0 + width, blockX + blockWidth);
        int bottom = Math.max(y0, blockY);
        int top = Math.min(y0 + values.length / width, blockY + blockHeight);
        double[] stored = new double[Math.max(0, right - left)];
        for (int y = bottom; y < top; y++) {
            image.format().readStored(block, (y - blockY) * blockWidth + left - blockX, stored);
            image.toValues(stored, left, y);
            System.arraycopy(stored, 0, values, (y - y0) * width + left - x0, stored.length);
        }
    }

    /** Returns the value of a pixel. */
    double value(int x, int y) {
        return values[(y - y0) * width + x - x0];
    }

    /** Returns the weight of a pixel. */
    double weight(int x, int y) {
        return weights.length == 0 ? 1 : weights[(y - y0) * width + x - x0];
    }

    /** Returns the weight at a place: that of the pixel that holds it. */
    double weight(double x, double y) {
        return weights.length == 0 ? 1 : weight((int) Math.floor(x + 0.5), (int) Math.floor(y + 0.5));
    }

    /** Returns the value of the pixel that holds a place, whose centre has whole numbers. */
    double nearest(double x, double y) {
        return values[((int) Math.floor(y + 0.5) - y0) * width + (int) Math.floor(x + 0.5) - x0];
    }

    /**
     * Returns the mean of the four pixels around a place, weighted by how near they are; blank where the pixel that holds the
     * place is, so that holes neither grow nor shrink, else the mean of those that are not.
     */
    double bilinear(double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double u = x - column;
        double v = y - row;
        int at = (row - y0) * width + column - x0;
        double low = values[at] + u * (values[at + 1] - values[at]);
        double high = values[at + width] + u * (values[at + width + 1] - values[at + width]);
        double value = low + v * (high - low);
        return Double.isNaN(value) ? besideBlanks(at, u, v) : value;
    }

    private double besideBlanks(int at, double u, double v) {
        int own = at + (u < 0.5 ? 0 : 1) + (v < 0.5 ? 0 : width);
        if (Double.isNaN(values[own])) {
            return Double.NaN;
        }
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < 4; i++) {
            double value = values[at + (i & 1) + (i >> 1) * width];
            if (!Double.isNaN(value)) {
                double weight = ((i & 1) == 0 ? 1 - u : u) * (i >> 1 == 0 ? 1 - v : v);
                sum += weight * value;
                weights += weight;
            }
        }
        return weights > 0 ? sum / weights : values[own];
    }
}
