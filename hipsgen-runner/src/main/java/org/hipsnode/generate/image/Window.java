package org.hipsnode.generate.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A rectangle of an image's values, or as much of it as is needed, at hand; blank outside of the image. It can be filled again and
 * again.
 */
final class Window {
    private static final double[] NONE = {};

    private final PixelReader pixels;
    private final SkyImage image;
    private int x0;
    private int y0;
    private int width;
    private double[] values = NONE;

    /** Empty where all are 1. */
    private double[] weights = NONE;

    /** Takes the image of which this is to be a part. */
    Window(PixelReader pixels, SkyImage image) {
        this.pixels = pixels;
        this.image = image;
    }

    /** Returns a window with the values of pixels x0 to x1 and y0 to y1, the last ones too, and their weights. */
    static Window read(PixelReader pixels, SkyImage image, int x0, int y0, int x1, int y1) throws IOException {
        Window window = new Window(pixels, image);
        window.fill(x0, y0, x1, y1);
        return window;
    }

    /** Reads the values of pixels x0 to x1 and y0 to y1, the last ones too, and their weights. */
    void fill(int firstX, int firstY, int lastX, int lastY) throws IOException {
        place(firstX, firstY, lastX);
        read(lastY - firstY + 1, Spans.all(inside(lastY)));
    }

    /**
     * Reads the same, but only what bilinear sampling needs for places between four corners. Elsewhere in the window may be
     * anything.
     *
     * @param margin by how much places may lie beyond the corners
     */
    void fill(int firstX, int firstY, int lastX, int lastY, double[][] corners, double margin) throws IOException {
        place(firstX, firstY, lastX);
        read(lastY - firstY + 1, Spans.between(corners, margin, inside(lastY)));
    }

    private void place(int firstX, int firstY, int lastX) {
        x0 = firstX;
        y0 = firstY;
        width = lastX - firstX + 1;
    }

    /** Returns what of the window lies within the image. */
    private PixelReader.Rectangle inside(int lastY) {
        int left = Math.max(0, x0);
        int bottom = Math.max(0, y0);
        return new PixelReader.Rectangle(
                left,
                bottom,
                Math.max(0, Math.min(x0 + width, image.width()) - left),
                Math.max(0, Math.min(lastY + 1, image.height()) - bottom));
    }

    private void read(int height, Spans spans) throws IOException {
        values = values(image, height, spans, values);
        Optional<Treatment.Weights> map = image.treatment().weights();
        if (map.isPresent()) {
            weights = values(map.get().image(), height, spans, weights);
            for (int i = 0; i < width * height; i++) {
                weights[i] = map.get().of(weights[i]);
                // what has no weight is no value
                values[i] = weights[i] > 0 ? values[i] : Double.NaN;
            }
        }
    }

    /** Returns the values of an image in the window: in an array that is there, if it is large enough. */
    private double[] values(SkyImage from, int height, Spans spans, double[] there) throws IOException {
        double[] into = there.length >= width * height ? there : new double[width * height];
        PixelReader.Rectangle part = spans.bounds();
        if (part.width() < width || part.height() < height) {
            Arrays.fill(into, 0, width * height, Double.NaN);
        }
        if (part.width() > 0 && part.height() > 0) {
            int at = (part.y() - y0) * width + part.x() - x0;
            pixels.read(from, spans, into, at, width);
            for (int y = part.y(); y < part.y() + part.height(); y++) {
                int first = spans.first(y);
                from.toValues(into, (y - y0) * width + first - x0, spans.end(y) - first, first, y);
            }
        }
        return into;
    }

    /** Tells whether pixels differ in their weights. */
    boolean hasWeights() {
        return weights.length > 0;
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
        return value((int) Math.floor(x + 0.5), (int) Math.floor(y + 0.5));
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

    /**
     * Finds the values along a line of places, as {@link #bilinear} does, but much faster.
     *
     * @param left a column not right of any place, from which they are counted
     * @param bottom a row not above any place
     */
    void bilinear(Line line, int left, int bottom) {
        // counted so they are not negative, and a cast finds the pixel
        double x = line.fromX() - left;
        double y = line.fromY() - bottom;
        int start = (bottom - y0) * width + left - x0;
        double stepX = line.stepX();
        double stepY = line.stepY();
        double[] from = values;
        double[] into = line.values();
        double steps = line.first();
        for (int i = line.first(); i < line.end(); i++) {
            double placeX = x + steps * stepX;
            double placeY = y + steps * stepY;
            steps++;
            int column = (int) placeX;
            int row = (int) placeY;
            double u = placeX - column;
            double v = placeY - row;
            int at = start + row * width + column;
            double low = from[at] + u * (from[at + 1] - from[at]);
            double high = from[at + width] + u * (from[at + width + 1] - from[at + width]);
            double value = low + v * (high - low);
            into[i] = Double.isNaN(value) ? besideBlanks(at, u, v) : value;
        }
    }

    private double besideBlanks(int at, double u, double v) {
        int own = at + (u < 0.5 ? 0 : 1) + (v < 0.5 ? 0 : width);
        if (Double.isNaN(values[own])) {
            return Double.NaN;
        }
        double sum = 0;
        double parts = 0;
        for (int i = 0; i < 4; i++) {
            double value = values[at + (i & 1) + (i >> 1) * width];
            if (!Double.isNaN(value)) {
                double part = ((i & 1) == 0 ? 1 - u : u) * (i >> 1 == 0 ? 1 - v : v);
                sum += part * value;
                parts += part;
            }
        }
        return parts > 0 ? sum / parts : values[own];
    }
}
