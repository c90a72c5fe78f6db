package org.hipsnode.generate.image;

/** A quadrilateral in the plane of an image, where pixels are squares of side 1 around whole numbers. */
final class Quadrilateral {
    /** A part of an area that is rounding and no overlap. */
    static final double NOTHING = 1e-9;

    private final double[] xs = new double[4];
    private final double[] ys = new double[4];

    void corner(int number, double x, double y) {
        xs[number] = x;
        ys[number] = y;
    }

    double minX() {
        return Math.min(Math.min(xs[0], xs[1]), Math.min(xs[2], xs[3]));
    }

    double maxX() {
        return Math.max(Math.max(xs[0], xs[1]), Math.max(xs[2], xs[3]));
    }

    double minY() {
        return Math.min(Math.min(ys[0], ys[1]), Math.min(ys[2], ys[3]));
    }

    double maxY() {
        return Math.max(Math.max(ys[0], ys[1]), Math.max(ys[2], ys[3]));
    }

    double middleX() {
        return (xs[0] + xs[1] + xs[2] + xs[3]) / 4;
    }

    double middleY() {
        return (ys[0] + ys[1] + ys[2] + ys[3]) / 4;
    }

    /** Returns the area: half the cross product of the diagonals. */
    double area() {
        return Math.abs((xs[2] - xs[0]) * (ys[3] - ys[1]) - (xs[3] - xs[1]) * (ys[2] - ys[0])) / 2;
    }

    /**
     * Returns the area that it has in common with a pixel. By Green's theorem that is the sum, over the sides, of the integral
     * along x of their height above the lower edge of the pixel, where the height is cut to be within the pixel.
     */
    double overlap(int x, int y) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            int next = (i + 1) & 3;
            sum += below(xs[i] - x + 0.5, ys[i] - y + 0.5, xs[next] - x + 0.5, ys[next] - y + 0.5);
        }
        return Math.abs(sum);
    }

    /** Returns the area, in the unit square, below a line; negative if the line leads to the left. */
    private static double below(double x0, double y0, double x1, double y1) {
        double from = Math.max(0, Math.min(1, x0));
        double to = Math.max(0, Math.min(1, x1));
        if (from == to) {
            return 0;
        }
        double slope = (y1 - y0) / (x1 - x0);
        return (to - from) * meanHeight(y0 + (from - x0) * slope, y0 + (to - x0) * slope);
    }

    /** Returns the mean of the heights from one to another, each cut to 0 … 1. */
    private static double meanHeight(double a, double b) {
        if (Math.abs(b - a) < 1e-7) {
            return Math.max(0, Math.min(1, (a + b) / 2));
        }
        return (integral(b) - integral(a)) / (b - a);
    }

    /** Returns the integral from 0 of the height that is cut to 0 … 1. */
    private static double integral(double height) {
        return height <= 0 ? 0 : height >= 1 ? height - 0.5 : height * height / 2;
    }
}
