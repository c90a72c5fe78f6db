package org.hipsnode.generate.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipsnode.survey.SurveyDefinition.Images.Coadd;

/** The values that images have at the pixels of a square, put on each other one image after the other. */
abstract sealed class Stack {

    /** Returns an empty stack. */
    static Stack of(Coadd coadd, int pixels) {
        return switch (coadd) {
            case MEAN, FADING -> new Means(pixels, false);
            case SUM -> new Means(pixels, true);
            case FIRST -> new Picks(pixels, false);
            case LAST -> new Picks(pixels, true);
            case MEDIAN -> new Medians(pixels);
        };
    }

    /** Takes everything off. */
    abstract void clear();

    /** Begins with the next image. */
    void next() {}

    /** Puts a value of the image at a pixel, once at most. */
    abstract void put(int pixel, double value, double weight);

    /**
     * Puts values of the image at a run of pixels, NaN where it has none.
     *
     * @param first of the values, and its pixel
     */
    void put(int pixel, double[] values, int first, int end, double weight) {
        for (int i = first; i < end; i++) {
            if (!Double.isNaN(values[i])) {
                put(pixel + i - first, values[i], weight);
            }
        }
    }

    /** Makes values of what was put: finite ones or NaN, always the same one. Tells whether any is finite. */
    abstract boolean settle();

    /** Returns the values, once they are settled. They last until the stack is cleared. */
    abstract double[] values();

    /** Makes infinite values NaN, and tells whether there are others. For itself, so that it is compiled soon, and once. */
    private static boolean markBlanks(double[] values) {
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                any = true;
            } else {
                values[i] = Double.NaN;
            }
        }
        return any;
    }

    /** Sums, or means by weight. */
    private static final class Means extends Stack {
        private final double[] sums;
        private final double[] weights;
        private final boolean sum;

        Means(int pixels, boolean sum) {
            this.sums = new double[pixels];
            this.weights = new double[pixels];
            this.sum = sum;
        }

        @Override
        void clear() {
            Arrays.fill(sums, 0);
            Arrays.fill(weights, 0);
        }

        @Override
        void put(int pixel, double value, double weight) {
            sums[pixel] += sum ? value : weight * value;
            weights[pixel] += weight;
        }

        /** For itself, so that it is compiled soon, and once. */
        @Override
        void put(int pixel, double[] values, int first, int end, double weight) {
            double factor = sum ? 1 : weight;
            for (int i = first; i < end; i++) {
                double value = values[i];
                if (!Double.isNaN(value)) {
                    sums[pixel + i - first] += factor * value;
                    weights[pixel + i - first] += weight;
                }
            }
        }

        /** In one loop: the numbers are too many for the processor's nearest cache. */
        @Override
        boolean settle() {
            int blanks = 0;
            for (int i = 0; i < sums.length; i++) {
                double value = sums[i] / (sum ? 1 : weights[i]);
                if (!(weights[i] > 0 && Double.isFinite(value))) {
                    value = Double.NaN;
                    blanks++;
                }
                sums[i] = value;
            }
            return blanks < sums.length;
        }

        @Override
        double[] values() {
            return sums;
        }
    }

    /** The value of one image. */
    private static final class Picks extends Stack {
        private final double[] values;
        private final boolean last;

        Picks(int pixels, boolean last) {
            this.values = new double[pixels];
            this.last = last;
            clear();
        }

        @Override
        void clear() {
            Arrays.fill(values, Double.NaN);
        }

        @Override
        void put(int pixel, double value, double weight) {
            if (last || Double.isNaN(values[pixel])) {
                values[pixel] = value;
            }
        }

        @Override
        boolean settle() {
            return markBlanks(values);
        }

        @Override
        double[] values() {
            return values;
        }
    }

    /** The middle value; of an even number the mean of the two in the middle. */
    private static final class Medians extends Stack {
        private static final double[] NONE = {};

        private final double[] medians;
        private final List<double[]> images = new ArrayList<>();
        private double[] current = NONE;

        Medians(int pixels) {
            this.medians = new double[pixels];
        }

        @Override
        void clear() {
            images.clear();
        }

        @Override
        void next() {
            current = NONE;
        }

        @Override
        void put(int pixel, double value, double weight) {
            if (current.length == 0) {
                current = new double[medians.length];
                Arrays.fill(current, Double.NaN);
                images.add(current);
            }
            current[pixel] = value;
        }

        @Override
        boolean settle() {
            double[] values = new double[images.size()];
            for (int pixel = 0; pixel < medians.length; pixel++) {
                int count = 0;
                for (double[] image : images) {
                    if (!Double.isNaN(image[pixel])) {
                        values[count++] = image[pixel];
                    }
                }
                medians[pixel] = median(values, count);
            }
            return markBlanks(medians);
        }

        @Override
        double[] values() {
            return medians;
        }

        private static double median(double[] values, int count) {
            if (count == 0) {
                return Double.NaN;
            }
            Arrays.sort(values, 0, count);
            return (values[(count - 1) / 2] + values[count / 2]) / 2;
        }
    }
}
