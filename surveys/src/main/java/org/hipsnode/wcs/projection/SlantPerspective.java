package org.hipsnode.wcs.projection;

/**
 * SZP, perspective from a point P beside the axis (Paper II §5.1.2, eq. 36 to 41): x = (zP cos θ sin φ − xP (1 − sin θ)) / D, y =
 * −(zP cos θ cos φ + yP (1 − sin θ)) / D, with D = zP − (1 − sin θ).
 */
record SlantPerspective(double px, double py, double pz) implements Zenithal {

    static SlantPerspective of(ProjectionParameters pv) {
        double mu = pv.get(1, 0);
        double phi = Math.toRadians(pv.get(2, 0));
        double theta = Math.toRadians(pv.get(3, 90));
        double pz = mu * Math.sin(theta) + 1;
        if (Math.abs(pz) < Sphere.TOLERANCE) {
            throw new IllegalArgumentException(
                    "μ = " + mu + " (PVi_1) with θc = " + Math.toDegrees(theta) + "° (PVi_3)");
        }
        return new SlantPerspective(-mu * Math.cos(theta) * Math.sin(phi), mu * Math.cos(theta) * Math.cos(phi), pz);
    }

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double s = 1 - z;
        double depth = pz - s;
        if (!(depth > 0) || isHidden(x, y, z)) {
            return false;
        }
        plane[0] = (pz * y - px * s) / depth;
        plane[1] = -(pz * x + py * s) / depth;
        return true;
    }

    /** P is (−yP, xP, zP − 1) of the sphere's axes; it looks at the half behind the polar plane of P, or at all from inside. */
    private boolean isHidden(double x, double y, double z) {
        double c = pz - 1;
        double distance = px * px + py * py + c * c;
        double side = -py * x + px * y - c * z;
        return distance > 1 ? side > 1 : false;
    }

    /** X and Y are linear in 1 − sin θ; the smaller root of the quadratic equation is the visible one. */
    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double u = (px - x) / pz;
        double v = (py - y) / pz;
        // Y = x + u s, X = −y − v s, and X² + Y² + (1 − s)² = 1
        double a = u * u + v * v + 1;
        double b = x * u + y * v - 1;
        double c = x * x + y * y;
        double root = Sphere.rootOfRest(b * b - a * c);
        double s = b < 0 ? c / (root - b) : (-b - root) / a;
        vector[0] = -(y + v * s);
        vector[1] = x + u * s;
        vector[2] = 1 - s;
        return s >= 0 && s <= 2 && pz - s > 0;
    }
}
