package org.hipsnode.wcs.projection;

/** SFL, Sanson-Flamsteed, in old headers GLS: x = φ cos θ, y = θ (Paper II §5.3.1, eq. 87 and 88). */
record SansonFlamsteed() implements Equatorial {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double h = Math.hypot(x, y);
        plane[0] = Math.atan2(y, x) * h;
        plane[1] = Math.atan2(z, h);
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double phi = x == 0 ? 0 : x / Math.cos(y);
        return Sphere.isOnMap(phi) && Sphere.put(phi, y, vector);
    }
}
