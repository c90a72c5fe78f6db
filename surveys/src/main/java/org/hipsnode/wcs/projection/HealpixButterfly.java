package org.hipsnode.wcs.projection;

/** XPH, the HEALPix projection cut into four gores around a pole, the "butterfly" (Calabretta & Lowe 2013, PASA 30). */
record HealpixButterfly() implements Zenithal {
    private static final double QUARTER = Math.PI / 2;
    private static final double EIGHTH = Math.PI / 4;
    private static final double ROOT_HALF = Math.sqrt(0.5);

    /** Each gore is HPX with its middle at φ = 0 and the north pole as origin, turned by 45° and by its number of quarters. */
    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double phi = Math.atan2(y, x) + Math.PI;
        double gore = Math.min(3, Math.floor(phi / QUARTER));
        double offset = phi - gore * QUARTER - EIGHTH;
        double height;
        if (Math.abs(z) <= 2.0 / 3) {
            height = 3 * Math.PI / 8 * z;
        } else {
            double sigma = Math.sqrt(3 * (x * x + y * y) / (1 + Math.abs(z)));
            offset *= sigma;
            height = Math.copySign(EIGHTH * (2 - sigma), z);
        }
        putTurned((int) gore, offset, height - QUARTER, plane);
        return true;
    }

    private static void putTurned(int gore, double xi, double eta, double[] plane) {
        switch (gore) {
            case 0 -> put(-xi + eta, -xi - eta, plane);
            case 1 -> put(xi + eta, -xi + eta, plane);
            case 2 -> put(xi - eta, xi + eta, plane);
            default -> put(-xi - eta, xi - eta, plane);
        }
    }

    private static void put(double x, double y, double[] plane) {
        plane[0] = ROOT_HALF * x;
        plane[1] = ROOT_HALF * y;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        double u = ROOT_HALF * x;
        double v = ROOT_HALF * y;
        if (x <= 0 && y > 0) {
            return fromGore(0, -u - v, u - v, vector);
        }
        if (x < 0) {
            return fromGore(1, u - v, u + v, vector);
        }
        return y <= 0 ? fromGore(2, u + v, v - u, vector) : fromGore(3, v - u, -u - v, vector);
    }

    private static boolean fromGore(int gore, double xi, double eta, double[] vector) {
        double middle = gore * QUARTER + EIGHTH - Math.PI;
        double height = eta + QUARTER;
        if (Math.abs(height) <= EIGHTH) {
            return Math.abs(xi) <= EIGHTH + Sphere.TOLERANCE
                    && Sphere.putSine(middle + xi, height * 8 / (3 * Math.PI), vector);
        }
        double sigma = 2 - Math.abs(height) / EIGHTH;
        if (!(sigma >= -Sphere.TOLERANCE && Math.abs(xi) <= EIGHTH * sigma + Sphere.TOLERANCE)) {
            return false;
        }
        double rest = sigma * sigma / 3;
        double lon = sigma <= 0 ? middle : middle + xi / sigma;
        return Sphere.put(lon, Math.sqrt(rest * (2 - rest)), Math.copySign(1 - rest, height), vector);
    }
}
