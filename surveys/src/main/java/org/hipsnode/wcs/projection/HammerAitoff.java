package org.hipsnode.wcs.projection;

/**
 * AIT, Hammer-Aitoff: x = 2 g cos θ sin(φ/2), y = g sin θ with g = √(2 / (1 + cos θ cos(φ/2))) (Paper II §5.3.4, eq. 103 to 105).
 * The half angle comes from the vector without trigonometry.
 */
record HammerAitoff() implements Equatorial {

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double h = Math.hypot(x, y);
        double cos = 0;
        double sin = 0;
        if (h > 0) {
            // of cos²(φ/2) = (h + x) / 2h and sin²(φ/2) = (h − x) / 2h the larger one, and y = 2h sin cos
            double larger = Math.sqrt(h * (h + Math.abs(x)) / 2);
            double smaller = Math.abs(y) * h / (2 * larger);
            cos = x > 0 ? larger : smaller;
            sin = Math.copySign(x > 0 ? smaller : larger, y);
        }
        double g = Math.sqrt(2 / (1 + cos));
        plane[0] = 2 * g * sin;
        plane[1] = g * z;
        return true;
    }

    /** Eq. 106 and 107. */
    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double square = 1 - x * x / 16 - y * y / 4;
        double cos = 2 * square - 1;
        if (!(cos >= -Sphere.TOLERANCE)) {
            return false;
        }
        double root = Math.sqrt(square);
        double sin = root * x / 2;
        double h = Math.hypot(cos, sin);
        vector[0] = h == 0 ? 0 : (cos * cos - sin * sin) / h;
        vector[1] = h == 0 ? 0 : 2 * cos * sin / h;
        vector[2] = y * root;
        return true;
    }
}
