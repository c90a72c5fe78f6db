package org.hipsnode.wcs.projection;

/** CEA, cylindrical equal area: x = φ, y = sin θ / λ (Paper II §5.2.2, eq. 80 and 81). */
record CylindricalEqualArea(double lambda) implements Cylindrical {

    CylindricalEqualArea {
        if (!(lambda > 0 && lambda <= 1)) {
            throw new IllegalArgumentException("λ = " + lambda + " (PVi_1), which is not of 0 to 1");
        }
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        plane[0] = Math.atan2(y, x);
        plane[1] = z / lambda;
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        return Sphere.putSine(x, y * lambda, vector);
    }
}
