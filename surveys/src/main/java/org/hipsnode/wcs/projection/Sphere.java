package org.hipsnode.wcs.projection;

/** Vectors from native longitudes and latitudes. */
final class Sphere {
    /** Rounding at an edge may take this much too much. */
    static final double TOLERANCE = 1e-12;

    private Sphere() {}

    /** Puts the direction of a longitude and a latitude into a vector; false if the latitude is beyond the poles. */
    static boolean put(double phi, double theta, double[] vector) {
        if (!(Math.abs(theta) <= Math.PI / 2 + TOLERANCE)) {
            return false;
        }
        return put(phi, Math.cos(theta), Math.sin(theta), vector);
    }

    /** The same from the cosine and the sine of the latitude. */
    static boolean put(double phi, double cos, double sin, double[] vector) {
        vector[0] = cos * Math.cos(phi);
        vector[1] = cos * Math.sin(phi);
        vector[2] = sin;
        return true;
    }

    /** The same from the sine of the latitude; false if that is none. */
    static boolean putSine(double phi, double sin, double[] vector) {
        if (!(Math.abs(sin) <= 1 + TOLERANCE)) {
            return false;
        }
        double sine = Math.max(-1, Math.min(1, sin));
        return put(phi, Math.sqrt((1 - sine) * (1 + sine)), sine, vector);
    }

    /** Tells whether a longitude is on the map, and not on a repetition of it. */
    static boolean isOnMap(double phi) {
        return Math.abs(phi) <= Math.PI + TOLERANCE;
    }

    /** Returns a square root, 0 for what is negative by rounding only, NaN for what is negative. */
    static double rootOfRest(double square) {
        return square < 0 && square > -TOLERANCE ? 0 : Math.sqrt(square);
    }

    static double latitude(double x, double y, double z) {
        return Math.atan2(z, Math.hypot(x, y));
    }
}
