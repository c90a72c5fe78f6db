package org.hipsnode.generate.body;

import java.io.IOException;

/** Values of one band at places of a map, for one thread: lines that go around the body have no end. */
final class Sampler {
    private static final double[] NONE = {};

    /** A period that is so near to a whole number of columns is that: labels round. */
    private static final double ROUNDED = 0.02;

    private final RasterFile file;
    private final int band;
    private final boolean nearest;
    private final int width;
    private final int height;
    private final double period;

    /** The same as a whole number of columns; 0 where the end of a line does not meet its start. */
    private final int around;

    private int column = -1;
    private int row = -1;
    private double[] square = NONE;

    Sampler(RasterFile file, int band, Plane plane, boolean nearest) {
        this.file = file;
        this.band = band;
        this.nearest = nearest;
        this.width = file.raster().width();
        this.height = file.raster().height();
        this.period = plane.period();
        double whole = Math.rint(period);
        this.around = whole > 0 && whole <= width && Math.abs(period - whole) < ROUNDED ? (int) whole : 0;
    }

    /** Returns the value at a place; NaN where the map has none. */
    double at(double placeX, double y) throws IOException {
        double x = period > 0 ? placeX - period * Math.floor((placeX + 0.5) / period) : placeX;
        // the poles lie on the edges of many maps
        boolean inside = x >= -0.5 && (x < width - 0.5 || around > 0) && y >= -0.5 - 1e-6 && y <= height - 0.5 + 1e-6;
        return !inside ? Double.NaN : nearest ? nearest(x, y) : bilinear(x, y);
    }

    private double nearest(double x, double y) throws IOException {
        int line = Math.max(0, Math.min(height - 1, (int) Math.floor(y + 0.5)));
        return value((int) Math.floor(x + 0.5), line);
    }

    /**
     * Returns the mean of the four pixels around, weighted by how near they are; blank where the pixel that holds the place is,
     * else the mean of those that are not.
     */
    private double bilinear(double x, double y) throws IOException {
        double own = nearest(x, y);
        if (Double.isNaN(own)) {
            return own;
        }
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < 4; i++) {
            int right = i & 1;
            int down = i >> 1;
            double value = value(left + right, top + down);
            if (!Double.isNaN(value)) {
                double weight = Math.abs(1 - right - (x - left)) * Math.abs(1 - down - (y - top));
                sum += weight * value;
                weights += weight;
            }
        }
        return weights > 0 ? sum / weights : own;
    }

    private double value(int placeX, int y) throws IOException {
        int x = around > 0 ? Math.floorMod(placeX, around) : placeX;
        if (x < 0 || x >= width || y < 0 || y >= height) {
            return Double.NaN;
        }
        int wantedColumn = x / RasterFile.SIDE;
        int wantedRow = y / RasterFile.SIDE;
        if (wantedColumn != column || wantedRow != row) {
            square = file.square(band, wantedColumn, wantedRow);
            column = wantedColumn;
            row = wantedRow;
        }
        return square[y % RasterFile.SIDE * RasterFile.SIDE + x % RasterFile.SIDE];
    }
}
