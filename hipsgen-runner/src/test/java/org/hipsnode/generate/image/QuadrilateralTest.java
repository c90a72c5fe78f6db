package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class QuadrilateralTest {
    /** Any parallelogram, and a corner that makes it a quadrilateral. */
    @Property(tries = 200)
    void overlapsAddUpToTheAreaAndAgreeWithCounting(
            @ForAll @DoubleRange(min = 0, max = 3) double x,
            @ForAll @DoubleRange(min = 0, max = 3) double y,
            @ForAll @DoubleRange(min = 0, max = 6.3) double angle,
            @ForAll @DoubleRange(min = 0.3, max = 2) double side,
            @ForAll @DoubleRange(min = 0.8, max = 1.2) double far) {
        double cos = side * Math.cos(angle);
        double sin = side * Math.sin(angle);
        double[] xs = {x, x + cos, x + far * (cos - sin), x - sin};
        double[] ys = {y, y + sin, y + far * (sin + cos), y + cos};
        Quadrilateral piece = new Quadrilateral();
        for (int i = 0; i < 4; i++) {
            piece.corner(i, xs[i], ys[i]);
        }
        double sum = 0;
        for (int row = -4; row < 8; row++) {
            for (int column = -4; column < 8; column++) {
                double overlap = piece.overlap(column, row);
                assertThat(overlap).isCloseTo(counted(xs, ys, column, row), within(0.03));
                sum += overlap;
            }
        }
        assertThat(sum).isCloseTo(piece.area(), within(1e-7));
    }

    private static double counted(double[] xs, double[] ys, int column, int row) {
        int steps = 64;
        int inside = 0;
        for (int up = 0; up < steps; up++) {
            for (int along = 0; along < steps; along++) {
                double px = column - 0.5 + (along + 0.5) / steps;
                double py = row - 0.5 + (up + 0.5) / steps;
                inside += isInside(xs, ys, px, py) ? 1 : 0;
            }
        }
        return (double) inside / steps / steps;
    }

    private static boolean isInside(double[] xs, double[] ys, double x, double y) {
        boolean all = true;
        for (int k = 0; k < 4; k++) {
            int next = (k + 1) & 3;
            all &= (xs[next] - xs[k]) * (y - ys[k]) - (ys[next] - ys[k]) * (x - xs[k]) >= 0;
        }
        return all;
    }
}
