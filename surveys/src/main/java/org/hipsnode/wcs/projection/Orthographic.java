package org.hipsnode.wcs.projection;

/**
 * SIN, orthographic, also slant (Paper II §5.1.5, eq. 61 and 62): x = cos θ sin φ + ξ (1 − sin θ), y = −cos θ cos φ + η (1 − sin
 * θ). NCP is the slant one with ξ = 0, η = cot δ0.
 */
record Orthographic(double xi, double eta) implements Zenithal {

    static Orthographic of(ProjectionParameters pv) {
        return new Orthographic(pv.get(1, 0), pv.get(2, 0));
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        // the visible half is bounded by the plane across the line of sight (eq. 63)
        if (!(z + xi * y - eta * x >= 0)) {
            return false;
        }
        double depth = 1 - z;
        plane[0] = y + xi * depth;
        plane[1] = -x + eta * depth;
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double z = xi == 0 && eta == 0 ? straight(x, y) : slant(x, y);
        if (!(z >= -1)) {
            return false;
        }
        double depth = 1 - z;
        vector[0] = -(y - eta * depth);
        vector[1] = x - xi * depth;
        vector[2] = z;
        return true;
    }

    private static double straight(double x, double y) {
        return Sphere.rootOfRest(1 - x * x - y * y);
    }

    /** The larger sin θ of eq. 64 to 66, solved for 1 − sin θ, which keeps the digits near the pole. */
    private double slant(double x, double y) {
        double a = 1 + xi * xi + eta * eta;
        double b = 1 + xi * x + eta * y;
        double root = Sphere.rootOfRest(b * b - a * (x * x + y * y));
        return 1 - (x * x + y * y) / (b + root);
    }
}
