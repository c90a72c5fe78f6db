package org.hipsnode.wcs.projection;

/** BON, Bonne: R = Y0 − θ, A = φ cos θ / R, x = R sin A, y = Y0 − R cos A, Y0 = θ1 + cot θ1 (Paper II §5.5.1, eq. 144 to 147). */
record Bonne(double theta1, double apex) implements Equatorial {

    /** With θ1 = 0 it is SFL. */
    static Projection of(ProjectionParameters pv) {
        double theta1 = Math.toRadians(pv.get(1, 0));
        if (!(Math.abs(theta1) <= Math.PI / 2)) {
            throw new IllegalArgumentException("θ1 = " + pv.get(1, 0) + "° (PVi_1), which is not of −90 to 90");
        }
        return theta1 == 0 ? new SansonFlamsteed() : new Bonne(theta1, theta1 + 1 / Math.tan(theta1));
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double h = Math.hypot(x, y);
        double radius = apex - Math.atan2(z, h);
        double angle = radius == 0 ? 0 : Math.atan2(y, x) * h / radius;
        plane[0] = radius * Math.sin(angle);
        plane[1] = apex - radius * Math.cos(angle);
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double sign = Math.signum(theta1);
        double dy = apex - y;
        double radius = sign * Math.hypot(x, dy);
        double angle = Math.atan2(sign * x, sign * dy);
        double theta = apex - radius;
        double phi = angle == 0 ? 0 : angle * radius / Math.cos(theta);
        return Sphere.isOnMap(phi) && Sphere.put(phi, theta, vector);
    }
}
