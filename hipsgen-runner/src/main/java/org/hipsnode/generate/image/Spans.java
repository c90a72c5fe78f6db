package org.hipsnode.generate.image;

import java.util.Arrays;

/** A part of an image: a rectangle, and of each of its rows the columns that are wanted, from one up to another. */
final class Spans {
    private final PixelReader.Rectangle bounds;

    /** By row of the rectangle, counted from its first column; the ends too. */
    private final int[] firsts;

    private final int[] ends;

    private Spans(PixelReader.Rectangle bounds) {
        this.bounds = bounds;
        this.firsts = new int[bounds.height()];
        this.ends = new int[bounds.height()];
    }

    /** Returns all columns of all rows. */
    static Spans all(PixelReader.Rectangle bounds) {
        Spans spans = new Spans(bounds);
        Arrays.fill(spans.ends, bounds.width());
        return spans;
    }

    /**
     * Returns what bilinear sampling needs for the places between four corners: of these places the columns and rows on both
     * sides. Where a square of the tile stands on its corner in the image, that is half of the rectangle.
     *
     * @param margin by how much places may lie beyond the corners, in pixels of the image
     */
    static Spans between(double[][] corners, double margin, PixelReader.Rectangle bounds) {
        Spans spans = new Spans(bounds);
        Arrays.fill(spans.firsts, bounds.width());
        // the sides of the hull of four points are among the lines between any two
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                boolean upward = corners[i][1] <= corners[j][1];
                double[] from = corners[upward ? i : j];
                double[] to = corners[upward ? j : i];
                spans.add(from[0] - bounds.x(), from[1] - bounds.y(), to[0] - bounds.x(), to[1] - bounds.y(), margin);
            }
        }
        return spans;
    }

    /** Takes in a line that leads upward. */
    private void add(double fromX, double fromY, double toX, double toY, double margin) {
        double slope = toY > fromY ? (toX - fromX) / (toY - fromY) : 0;
        // bounds before casts, so that these find the pixel
        int end = (int) Math.max(0, Math.min(firsts.length, toY + margin + 2));
        for (int row = (int) Math.max(0, fromY - margin); row < end; row++) {
            // a row is needed for places up to one below and one above it
            double low = row - 1 - margin;
            double high = row + 1 + margin;
            double a = low > fromY ? fromX + (low - fromY) * slope : fromX;
            double b = high < toY ? fromX + (high - fromY) * slope : toX;
            firsts[row] = Math.min(firsts[row], (int) Math.max(0, Math.min(a, b) - margin));
            ends[row] = Math.max(ends[row], (int) Math.max(0, Math.min(bounds.width(), Math.max(a, b) + margin + 2)));
        }
    }

    /** Returns the smallest rectangle that holds all. */
    PixelReader.Rectangle bounds() {
        return bounds;
    }

    /** Returns the first column that is wanted of a row of the image. */
    int first(int y) {
        return bounds.x() + firsts[y - bounds.y()];
    }

    /** Returns the column after the last that is wanted of a row of the image; not more than the first if none is. */
    int end(int y) {
        return bounds.x() + ends[y - bounds.y()];
    }
}
