package org.hipsnode.wcs;

/** A polynomial of two variables: the sum of c[i][j] xⁱ yʲ with i + j not above the order. */
final class Polynomial {
    private final double[][] coefficients;

    /** Starts with all coefficients zero. */
    Polynomial(int order) {
        coefficients = new double[order + 1][];
        for (int i = 0; i <= order; i++) {
            coefficients[i] = new double[order + 1 - i];
        }
    }

    int order() {
        return coefficients.length - 1;
    }

    void set(int i, int j, double coefficient) {
        coefficients[i][j] = coefficient;
    }

    double value(double x, double y) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            double[] row = coefficients[i];
            double inner = 0;
            for (int j = row.length - 1; j >= 0; j--) {
                inner = inner * y + row[j];
            }
            sum = sum * x + inner;
        }
        return sum;
    }
}
