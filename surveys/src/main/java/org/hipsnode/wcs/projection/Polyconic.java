package org.hipsnode.wcs.projection;

/** PCO, polyconic: x = cot θ sin(φ sin θ), y = θ + cot θ (1 − cos(φ sin θ)) (Paper II §5.5.2, eq. 150 and 151). */
record Polyconic() implements Equatorial {
    /** Below this latitude its sine and tangent are the angle itself. */
    private static final double SMALL = 1e-8;

    private static final int HALVINGS = 80;

    @Override
    public boolean toPlane(double x, double y, double z, double[] plane) {
        double h = Math.hypot(x, y);
        double phi = Math.atan2(y, x);
        double theta = Math.atan2(z, h);
        if (Math.abs(theta) < SMALL) {
            plane[0] = phi;
            plane[1] = theta * (1 + phi * phi / 2);
            return true;
        }
        double half = Math.sin(phi * z / 2);
        plane[0] = h / z * Math.sin(phi * z);
        plane[1] = theta + h / z * 2 * half * half;
        return true;
    }

    @Override
    public boolean toSphere(double x, double y, double[] vector) {
        if (!(Math.abs(y) <= Math.PI + Sphere.TOLERANCE && Math.abs(x) <= Math.PI + Sphere.TOLERANCE)) {
            return false;
        }
        double theta = Math.copySign(latitude(x, Math.abs(y)), y);
        double phi = longitude(x, y, theta);
        return Sphere.isOnMap(phi) && Sphere.put(phi, theta, vector);
    }

    /** Eq. 152: the latitude between 0 and y where x² + (y − θ)² = 2 (y − θ) cot θ. */
    private static double latitude(double x, double y) {
        double low = 0;
        double high = Math.min(y, Math.PI / 2);
        for (int i = 0; i < HALVINGS; i++) {
            double theta = (low + high) / 2;
            double d = y - theta;
            if ((x * x + d * d) * Math.tan(theta) - 2 * d > 0) {
                high = theta;
            } else {
                low = theta;
            }
        }
        return (low + high) / 2;
    }

    private static double longitude(double x, double y, double theta) {
        if (Math.abs(theta) < SMALL) {
            return x;
        }
        double tan = Math.tan(theta);
        return Math.atan2(x * tan, 1 - (y - theta) * tan) / Math.sin(theta);
    }
}
