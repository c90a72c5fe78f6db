package org.hipsnode.wcs.projection;

import java.util.function.DoubleUnaryOperator;

/** Roots of functions that are positive at one end and not at the other, to the last digit and in bounded time. */
final class Bisection {
    private static final int HALVINGS = 100;

    private Bisection() {}

    static double root(DoubleUnaryOperator function, double positiveEnd, double otherEnd) {
        double positive = positiveEnd;
        double other = otherEnd;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (positive + other) / 2;
            if (function.applyAsDouble(middle) > 0) {
                positive = middle;
            } else {
                other = middle;
            }
        }
        return (positive + other) / 2;
    }
}
