package org.hipsnode.generate.image;

/** Values along a line of a square's pixels, and where these lie in the image: at equal steps. */
final class Line {
    private final double[] values;
    private double fromX;
    private double fromY;
    private double stepX;
    private double stepY;
    private int first;
    private int end;

    /** Takes the side of the square. */
    Line(int side) {
        this.values = new double[side];
    }

    /**
     * Says where the pixels lie, and takes those that lie within the image: as a line crosses it, they follow each other.
     *
     * @param toX place of the last pixel
     */
    void place(double x, double y, double toX, double toY, SkyImage image) {
        int last = values.length - 1;
        fromX = x;
        fromY = y;
        stepX = (toX - x) / last;
        stepY = (toY - y) / last;
        first = 0;
        end = values.length;
        while (first < end && !image.holds(x(first), y(first))) {
            first++;
        }
        while (end > first && !image.holds(x(end - 1), y(end - 1))) {
            end--;
        }
    }

    /** Returns how many pixels there are. */
    int side() {
        return values.length;
    }

    /** Returns the number of the first pixel that lies within the image. */
    int first() {
        return first;
    }

    /** Returns the number of the pixel after the last that lies within the image. */
    int end() {
        return end;
    }

    double x(int pixel) {
        return fromX + pixel * stepX;
    }

    double y(int pixel) {
        return fromY + pixel * stepY;
    }

    double fromX() {
        return fromX;
    }

    double fromY() {
        return fromY;
    }

    double stepX() {
        return stepX;
    }

    double stepY() {
        return stepY;
    }

    /** Returns the values of all pixels; only those from the first to the end count, and they may be NaN. */
    double[] values() {
        return values;
    }
}
