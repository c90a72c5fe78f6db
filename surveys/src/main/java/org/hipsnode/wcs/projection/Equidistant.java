package org.hipsnode.wcs.projection;

/** ARC, zenithal equidistant: R = 90° − θ (Paper II §5.1.6, eq. 67). */
record Equidistant() implements Zenithal {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        Zenithal.putPlane(x, y, Math.atan2(Math.hypot(x, y), z), plane);
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double r = Math.hypot(x, y);
        if (!(r <= Math.PI * (1 + Sphere.TOLERANCE))) {
            return false;
        }
        Zenithal.putVector(x, y, r, vector);
        return true;
    }
}
