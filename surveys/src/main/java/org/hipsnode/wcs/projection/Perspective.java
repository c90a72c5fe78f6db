package org.hipsnode.wcs.projection;

/**
 * AZP, perspective from a point μ radii behind the centre onto a plane tilted by γ (Paper II §5.1.1, eq. 20 and 21): x = (μ + 1)
 * cos θ sin φ / D and y = −(μ + 1) cos θ cos φ sec γ / D, with D = μ + sin θ + cos θ cos φ tan γ.
 */
record Perspective(double mu, double secGamma, double tanGamma) implements Zenithal {

    static Perspective of(ProjectionParameters pv) {
        double mu = pv.get(1, 0);
        double gamma = Math.toRadians(pv.get(2, 0));
        if (Math.abs(mu + 1) < Sphere.TOLERANCE || Math.abs(Math.cos(gamma)) < Sphere.TOLERANCE) {
            throw new IllegalArgumentException(
                    "μ = " + mu + " (PVi_1) with γ = " + Math.toDegrees(gamma) + "° (PVi_2)");
        }
        return new Perspective(mu, 1 / Math.cos(gamma), Math.tan(gamma));
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double depth = mu + z + x * tanGamma;
        if (!(depth > 0) || isHidden(z)) {
            return false;
        }
        plane[0] = (mu + 1) * y / depth;
        plane[1] = -(mu + 1) * x * secGamma / depth;
        return true;
    }

    /** Beyond the limb as seen from the point: sin θ = −1/μ, or −μ from inside (eq. 32). */
    private boolean isHidden(double z) {
        return Math.abs(mu) > 1 ? z < -1 / mu : z < -mu;
    }

    /**
     * With X = l D and Y = k D, D is linear in sin θ, and X² + Y² + sin² θ = 1 a quadratic equation for it; its larger root is the
     * visible one (the paper's eq. 23 to 28 without trigonometry).
     */
    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double k = x / (mu + 1);
        double l = -y / (secGamma * (mu + 1));
        double slope = 1 - l * tanGamma;
        double square = (k * k + l * l) / (slope * slope);
        double root = Sphere.rootOfRest(1 + square * (1 - mu * mu));
        double z = (root - square * mu) / (1 + square);
        double depth = (mu + z) / slope;
        vector[0] = l * depth;
        vector[1] = k * depth;
        vector[2] = z;
        return depth > 0 && Math.abs(z) <= 1;
    }
}
