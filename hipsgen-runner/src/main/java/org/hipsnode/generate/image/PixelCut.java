package org.hipsnode.generate.image;

import java.util.ArrayList;
import java.util.List;
import org.hipsnode.config.ConfigException;

/** Which pixels of an image are kept: those that lie a number of pixels inside its sides, in an ellipse, or in a polygon. */
sealed interface PixelCut {
    /** All of an image. */
    PixelCut NONE = new Sides(0, 0, 0, 0);

    /**
     * Returns how many pixels a pixel is away from the border of what is kept; negative outside.
     *
     * @param x from 0
     * @param y from 0
     */
    double depth(double x, double y, int width, int height);

    /** Reads a cut, in pixels that count from 1. */
    static PixelCut parse(String text) throws ConfigException {
        List<String> words = List.of(text.trim().split("[\\s,]+"));
        if (words.isEmpty()) {
            throw wrong(text);
        }
        boolean shape = !words.get(0).matches("[-+.\\d].*");
        List<Double> numbers = new ArrayList<>();
        for (String word : words.subList(shape ? 1 : 0, words.size())) {
            numbers.add(number(word, text));
        }
        return shape ? shape(words.get(0), numbers, text) : sides(numbers, text);
    }

    private static double number(String word, String text) throws ConfigException {
        try {
            double number = Double.parseDouble(word);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw wrong(text);
    }

    private static ConfigException wrong(String text) {
        return new ConfigException("border must be pixels as N or LEFT,BOTTOM,RIGHT,TOP, 'ellipse', "
                + "'ellipse X Y A B ANGLE' or 'polygon X Y X Y X Y ...', found '" + text + "'");
    }

    private static PixelCut sides(List<Double> numbers, String text) throws ConfigException {
        if (numbers.stream().anyMatch(number -> number < 0)) {
            throw wrong(text);
        }
        if (numbers.size() == 1) {
            double all = numbers.get(0);
            return new Sides(all, all, all, all);
        }
        if (numbers.size() != 4) {
            throw wrong(text);
        }
        return new Sides(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    private static PixelCut shape(String name, List<Double> numbers, String text) throws ConfigException {
        int count = numbers.size();
        if (name.equals("polygon") && count >= 6 && count % 2 == 0) {
            return new Polygon(numbers.stream().map(number -> number - 1).toList());
        }
        if (name.equals("ellipse") && count == 0) {
            return new LargestEllipse();
        }
        if (name.equals("ellipse") && (count == 4 || count == 5) && numbers.get(2) > 0 && numbers.get(3) > 0) {
            double angle = Math.toRadians(count == 5 ? numbers.get(4) : 0);
            return new Ellipse(numbers.get(0) - 1, numbers.get(1) - 1, numbers.get(2), numbers.get(3), angle);
        }
        throw wrong(text);
    }

    /** Pixels cut at the sides. */
    record Sides(double left, double bottom, double right, double top) implements PixelCut {
        /** Tells whether all of an image is kept. */
        boolean areWhole() {
            return left == 0 && bottom == 0 && right == 0 && top == 0;
        }

        @Override
        public double depth(double x, double y, int width, int height) {
            return Math.min(Math.min(x - left, width - 1 - right - x), Math.min(y - bottom, height - 1 - top - y));
        }
    }

    /**
     * What is kept lies in an ellipse.
     *
     * @param a half of the axis that is turned from x towards y by the angle
     */
    record Ellipse(double x0, double y0, double a, double b, double angleRadians) implements PixelCut {
        @Override
        public double depth(double x, double y, int width, int height) {
            double cos = Math.cos(angleRadians);
            double sin = Math.sin(angleRadians);
            double along = ((x - x0) * cos + (y - y0) * sin) / a;
            double across = ((y - y0) * cos - (x - x0) * sin) / b;
            return (1 - Math.hypot(along, across)) * Math.min(a, b);
        }
    }

    /** The largest ellipse that an image holds. */
    record LargestEllipse() implements PixelCut {
        @Override
        public double depth(double x, double y, int width, int height) {
            return new Ellipse((width - 1) / 2.0, (height - 1) / 2.0, width / 2.0, height / 2.0, 0)
                    .depth(x, y, width, height);
        }
    }

    /**
     * What is kept lies in a polygon.
     *
     * @param corners x and y by turns, from 0
     */
    record Polygon(List<Double> corners) implements PixelCut {
        @Override
        public double depth(double x, double y, int width, int height) {
            boolean inside = false;
            double nearest = Double.MAX_VALUE;
            int count = corners.size();
            for (int i = 0; i < count; i += 2) {
                double ax = corners.get(i);
                double ay = corners.get(i + 1);
                double bx = corners.get((i + 2) % count);
                double by = corners.get((i + 3) % count);
                inside ^= (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax;
                nearest = Math.min(nearest, distance(x - ax, y - ay, bx - ax, by - ay));
            }
            return inside ? nearest : -nearest;
        }

        /** From a point to a side that starts at the origin. */
        private static double distance(double x, double y, double sideX, double sideY) {
            double square = sideX * sideX + sideY * sideY;
            double part = square > 0 ? Math.max(0, Math.min(1, (x * sideX + y * sideY) / square)) : 0;
            return Math.hypot(x - part * sideX, y - part * sideY);
        }
    }
}
