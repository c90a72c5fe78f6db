package org.hipsnode.wcs.projection;

/**
 * MOL, Mollweide: x = (2√2/π) φ cos γ, y = √2 sin γ with 2γ + sin 2γ = π sin θ (Paper II §5.3.3, eq. 94 to 96).
 *
 * <p>Computed with δ = π − 2|γ|, for which δ − sin δ = π (1 − |sin θ|): that keeps the digits near the poles.
 */
record Mollweide() implements Equatorial {
    private static final double ROOT_2 = Math.sqrt(2);
    private static final double SMALL = 0.05;
    private static final int MAX_STEPS = 50;

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double h = Math.hypot(x, y);
        double delta = delta(Math.PI * h * h / (1 + Math.abs(z)));
        plane[0] = 2 * ROOT_2 / Math.PI * Math.atan2(y, x) * Math.sin(delta / 2);
        plane[1] = Math.copySign(ROOT_2 * Math.cos(delta / 2), z);
        return true;
    }

    /** Solves δ − sin δ = t by Newton's method from below, where the function is convex. */
    private static double delta(double t) {
        double delta = Math.min(Math.PI, Math.cbrt(6 * t));
        for (int i = 0; i < MAX_STEPS && delta > 0; i++) {
            double half = Math.sin(delta / 2);
            double step = (minusSine(delta) - t) / (2 * half * half);
            delta -= step;
            if (Math.abs(step) <= 1e-16 * delta) {
                break;
            }
        }
        return delta;
    }

    /** δ − sin δ. */
    private static double minusSine(double delta) {
        double square = delta * delta;
        return delta < SMALL
                ? delta * square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72)))
                : delta - Math.sin(delta);
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double sine = y / ROOT_2;
        if (!(Math.abs(sine) <= 1 + Sphere.TOLERANCE)) {
            return false;
        }
        double delta = 2 * Math.acos(Math.min(1, Math.abs(sine)));
        double rest = minusSine(delta) / Math.PI;
        double phi = x == 0 ? 0 : Math.PI * x / (2 * ROOT_2 * Math.sin(delta / 2));
        return Sphere.isOnMap(phi) && Sphere.put(phi, Math.sqrt(rest * (2 - rest)), Math.copySign(1 - rest, y), vector);
    }
}
