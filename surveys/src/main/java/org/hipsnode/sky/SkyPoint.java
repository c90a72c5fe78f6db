package org.hipsnode.sky;

/**
 * A direction on the sky in some frame.
 *
 * @param lonRadians longitude in radians, in [0, 2π)
 * @param latRadians latitude in radians, in [-π/2, π/2]
 */
public record SkyPoint(double lonRadians, double latRadians) {
    private static final double TWO_PI = 2 * Math.PI;

    /** Wraps the longitude; refuses a latitude outside [-π/2, π/2] and anything not finite. */
    public SkyPoint {
        if (!Double.isFinite(lonRadians) || !(Math.abs(latRadians) <= Math.PI / 2)) {
            throw new IllegalArgumentException(
                    "longitude must be finite and latitude within ±π/2, found " + lonRadians + ", " + latRadians);
        }
        lonRadians = wrap(lonRadians);
    }

    public static SkyPoint ofDegrees(double lonDegrees, double latDegrees) {
        return new SkyPoint(Math.toRadians(lonDegrees), Math.toRadians(latDegrees));
    }

    public double lonDegrees() {
        return Math.toDegrees(lonRadians);
    }

    public double latDegrees() {
        return Math.toDegrees(latRadians);
    }

    /** Returns the unit vector that points here. */
    public UnitVector vector() {
        double[] xyz = {lonRadians, latRadians, 0};
        toVector(xyz);
        return new UnitVector(xyz[0], xyz[1], xyz[2]);
    }

    /**
     * Makes a vector of length one of a longitude and a latitude, as {@link #vector} does, where points are too many to be objects.
     *
     * @param place any longitude and a latitude in radians; then x, y and z
     */
    public static void toVector(double[] place) {
        double lon = wrap(place[0]);
        double lat = place[1];
        double cosLat = Math.cos(lat);
        place[0] = cosLat * Math.cos(lon);
        place[1] = cosLat * Math.sin(lon);
        place[2] = Math.sin(lat);
    }

    /** Returns the angle between this and another point, in radians. */
    public double angleTo(SkyPoint other) {
        return vector().angleTo(other.vector());
    }

    private static double wrap(double lon) {
        if (lon >= 0 && lon < TWO_PI) {
            return lon;
        }
        double wrapped = lon % TWO_PI;
        if (wrapped < 0) {
            wrapped += TWO_PI;
        }
        return wrapped >= TWO_PI ? 0 : wrapped;
    }
}
