package org.hipsnode.wcs.projection;

/**
 * ZPN, zenithal polynomial: R = Σ Pm ζᵐ for the zenith distance ζ in radians (Paper II §5.1.7, eq. 68). It shows the sky as far
 * as R grows with ζ.
 */
final class ZenithalPolynomial implements Zenithal {
    private static final int MAX_DEGREE = 20;
    private static final int SCAN_STEPS = 1800;

    private final double[] coefficients = new double[MAX_DEGREE + 1];
    private final double farthest;

    ZenithalPolynomial(ProjectionParameters pv) {
        double size = 0;
        for (int m = 0; m <= MAX_DEGREE; m++) {
            coefficients[m] = pv.get(m, 0);
            size += m == 0 ? 0 : Math.abs(coefficients[m]);
        }
        if (!(size > 0 && slope(1e-9) > 0)) {
            throw new IllegalArgumentException("a polynomial PVi_0 to PVi_20 that does not grow from the pole");
        }
        farthest = farthest();
    }

    /** Returns the zenith distance at which R stops growing. */
    private double farthest() {
        double step = Math.PI / SCAN_STEPS;
        for (int i = 1; i <= SCAN_STEPS; i++) {
            if (slope(i * step) <= 0) {
                return Bisection.root(this::slope, (i - 1) * step, i * step);
            }
        }
        return Math.PI;
    }

    private double radius(double zenithDistance) {
        double sum = 0;
        for (int m = MAX_DEGREE; m >= 0; m--) {
            sum = sum * zenithDistance + coefficients[m];
        }
        return sum;
    }

    private double slope(double zenithDistance) {
        double sum = 0;
        for (int m = MAX_DEGREE; m > 0; m--) {
            sum = sum * zenithDistance + m * coefficients[m];
        }
        return sum;
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double zenithDistance = Math.atan2(Math.hypot(x, y), z);
        Zenithal.putPlane(x, y, radius(zenithDistance), plane);
        return zenithDistance <= farthest;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double r = Math.hypot(x, y);
        if (!(r >= coefficients[0] - Sphere.TOLERANCE && r <= radius(farthest) + Sphere.TOLERANCE)) {
            return false;
        }
        Zenithal.putVector(x, y, zenithDistance(r), vector);
        return true;
    }

    /** Newton's method, kept inside a bracket that shrinks. */
    private double zenithDistance(double r) {
        double low = 0;
        double high = farthest;
        double at = Math.min(high, Math.max(low, (r - coefficients[0]) / coefficients[1]));
        if (Double.isNaN(at)) {
            at = high / 2;
        }
        for (int i = 0; i < 100; i++) {
            double error = radius(at) - r;
            if (error < 0) {
                low = at;
            } else {
                high = at;
            }
            double next = at - error / slope(at);
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - at) < 1e-16 + 1e-16 * at) {
                return next;
            }
            at = next;
        }
        return at;
    }
}
