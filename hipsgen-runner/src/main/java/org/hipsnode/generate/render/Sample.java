package org.hipsnode.generate.render;

import java.util.Arrays;

/** Values taken at places spread evenly over the sphere, so that their percentiles are those of the sky. */
public final class Sample {
    private final double[] sorted;

    private Sample(double[] sorted) {
        this.sorted = sorted;
    }

    /** Takes values; those that are not finite are left out. */
    public static Sample of(double[] values) {
        double[] finite = new double[values.length];
        int count = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                finite[count++] = value;
            }
        }
        double[] sorted = Arrays.copyOf(finite, count);
        Arrays.sort(sorted);
        return new Sample(sorted);
    }

    public int size() {
        return sorted.length;
    }

    /** Returns the value that a percentage of the sample lies below, linear between neighbours. */
    public double percentile(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = percent / 100 * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Tells whether there are at most two different values, as in a mask. */
    public boolean isTwoValued() {
        return Arrays.stream(sorted).allMatch(v -> v == sorted[0] || v == sorted[sorted.length - 1]);
    }

    /** Returns the sample without the value that more than half of it shares, if there is one: a background of zeros, say. */
    public Sample withoutBackground() {
        double median = percentile(50);
        int shared = 0;
        for (double value : sorted) {
            shared += value == median ? 1 : 0;
        }
        return 2 * shared > sorted.length
                ? new Sample(Arrays.stream(sorted).filter(v -> v != median).toArray())
                : this;
    }

    /** Returns the cut between two percentiles; where they are equal, the range, and round one value half a unit each way. */
    public Cut cut(double lowPercent, double highPercent) {
        double low = percentile(lowPercent);
        double high = percentile(highPercent);
        if (low < high) {
            return new Cut(low, high);
        }
        if (sorted.length == 0) {
            return new Cut(0, 1);
        }
        double first = sorted[0];
        double last = sorted[sorted.length - 1];
        double margin = Math.max(0.5, Math.abs(first) * 1e-6);
        return first < last ? new Cut(first, last) : new Cut(first - margin, first + margin);
    }
}
