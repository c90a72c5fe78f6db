package org.hipsnode.wcs.projection;

/** PAR, parabolic: x = φ (2 cos(2θ/3) − 1), y = π sin(θ/3) (Paper II §5.3.2, eq. 91 and 92). */
record Parabolic() implements Equatorial {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double sine = Math.sin(Sphere.latitude(x, y, z) / 3);
        plane[0] = Math.atan2(y, x) * width(sine);
        plane[1] = Math.PI * sine;
        return true;
    }

    /** 2 cos(2θ/3) − 1 from the sine of θ/3; no less than 0, which rounding makes it at the poles. */
    private static double width(double sine) {
        return Math.max(0, (1 - 2 * sine) * (1 + 2 * sine));
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double sine = y / Math.PI;
        double phi = x == 0 ? 0 : x / width(sine);
        return Math.abs(sine) <= 0.5 + Sphere.TOLERANCE
                && Sphere.isOnMap(phi)
                && Sphere.put(phi, 3 * Math.asin(sine), vector);
    }
}
