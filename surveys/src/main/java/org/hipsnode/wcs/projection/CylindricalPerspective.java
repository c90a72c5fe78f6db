package org.hipsnode.wcs.projection;

/** CYP, cylindrical perspective: x = λ φ, y = (μ + λ) sin θ / (μ + cos θ) (Paper II §5.2.1, eq. 74 and 75). */
record CylindricalPerspective(double mu, double lambda) implements Cylindrical {

    CylindricalPerspective {
        if (!(lambda > 0 && mu + lambda > 0)) {
            throw new IllegalArgumentException("μ = " + mu + " (PVi_1) with λ = " + lambda + " (PVi_2)");
        }
    }

    @Override
    public double period() {
        return 2 * Math.PI * lambda;
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double depth = mu + Math.hypot(x, y);
        plane[0] = lambda * Math.atan2(y, x);
        plane[1] = (mu + lambda) * z / depth;
        return depth > 0;
    }

    /** Eq. 76 to 78. */
    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double eta = y / (mu + lambda);
        double sine = eta * mu / Math.sqrt(eta * eta + 1);
        if (!(Math.abs(sine) <= 1)) {
            return false;
        }
        return Sphere.put(x / lambda, Math.atan2(eta, 1) + Math.asin(sine), vector);
    }
}
