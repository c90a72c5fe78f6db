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
        double cosLat = Math.cos(latRadians);
        return new UnitVector(cosLat * Math.cos(lonRadians), cosLat * Math.sin(lonRadians), Math.sin(latRadians));
    }

    /** Returns the angle between this and another point, in radians. */
    public double angleTo(SkyPoint other) {
        return vector().angleTo(other.vector());
    }

    private static double wrap(double lon) {
        double wrapped = lon % TWO_PI;
        if (wrapped < 0) {
            wrapped += TWO_PI;
        }
        return wrapped >= TWO_PI ? 0 : wrapped;
    }
}
