package org.hipsnode.generate.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the levels of images whose differences are nearest to those found in overlaps, by least squares, each overlap weighted by
 * the places that it was found at. Images that hang together have levels whose mean is zero, so nothing is added to the whole.
 *
 * <p>The matrix is the Laplacian of the graph of overlaps. It is solved by conjugate gradients (Hestenes & Stiefel 1952), which
 * need no more memory than there are overlaps, and do every sum in the same sequence.
 */
final class LevelFit {
    /** Of the first residual: then it is solved. */
    private static final double SOLVED = 1e-12;

    private final int images;
    private final List<Difference> differences = new ArrayList<>();

    /**
     * How much higher one image is than another.
     *
     * @param level of the first minus the second
     * @param places at which it was found
     */
    record Difference(int first, int second, double level, int places) {}

    LevelFit(int images) {
        this.images = images;
    }

    void add(Difference difference) {
        differences.add(difference);
    }

    /** Returns the level of each image, to be taken away from it. */
    double[] levels() {
        double[] levels = new double[images];
        double[] residual = new double[images];
        for (Difference difference : differences) {
            residual[difference.first] += difference.places * difference.level;
            residual[difference.second] -= difference.places * difference.level;
        }
        double[] direction = residual.clone();
        double square = dot(residual, residual);
        double enough = SOLVED * SOLVED * square;
        for (int round = 0; round < 10 * images && square > enough; round++) {
            double[] product = product(direction);
            double step = square / dot(direction, product);
            add(levels, step, direction);
            add(residual, -step, product);
            double next = dot(residual, residual);
            for (int i = 0; i < images; i++) {
                direction[i] = residual[i] + next / square * direction[i];
            }
            square = next;
        }
        return centred(levels);
    }

    private double[] product(double[] vector) {
        double[] product = new double[images];
        for (Difference difference : differences) {
            double part = difference.places * (vector[difference.first] - vector[difference.second]);
            product[difference.first] += part;
            product[difference.second] -= part;
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }

    /** Makes the mean zero in each group of images that hang together. */
    private double[] centred(double[] levels) {
        int[] group = groups();
        double[] sums = new double[images];
        int[] counts = new int[images];
        for (int i = 0; i < images; i++) {
            sums[group[i]] += levels[i];
            counts[group[i]]++;
        }
        for (int i = 0; i < images; i++) {
            levels[i] -= sums[group[i]] / counts[group[i]];
        }
        return levels;
    }

    /** Returns for each image the first one that it hangs together with. */
    private int[] groups() {
        int[] group = new int[images];
        Arrays.setAll(group, i -> i);
        for (Difference difference : differences) {
            int a = root(group, difference.first);
            int b = root(group, difference.second);
            group[Math.max(a, b)] = Math.min(a, b);
        }
        for (int i = 0; i < images; i++) {
            group[i] = root(group, i);
        }
        return group;
    }

    private static int root(int[] group, int image) {
        int at = image;
        while (group[at] != at) {
            group[at] = group[group[at]];
            at = group[at];
        }
        return at;
    }
}
