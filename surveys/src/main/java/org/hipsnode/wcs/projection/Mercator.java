package org.hipsnode.wcs.projection;

/** MER, Mercator: x = φ, y = ln tan((90° + θ) / 2) (Paper II §5.2.4, eq. 86). */
record Mercator() implements Cylindrical {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double h = Math.hypot(x, y);
        plane[0] = Math.atan2(y, x);
        plane[1] = Math.copySign(Math.log1p((1 + Math.abs(z) - h) / h), z);
        return h > 0;
    }

    /** The tangent of the latitude is sinh y. */
    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        return Double.isFinite(x) && Sphere.put(x, 1 / Math.cosh(y), Math.tanh(y), vector);
    }
}
