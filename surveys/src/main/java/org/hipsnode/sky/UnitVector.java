package org.hipsnode.sky;

/**
 * A direction as a vector of length one: x towards longitude 0, y towards longitude 90°, z towards the north pole.
 */
public record UnitVector(double x, double y, double z) {

    /** Returns the direction of (x, y, z), of any length but zero. */
    public static UnitVector towards(double x, double y, double z) {
        double length = Math.sqrt(x * x + y * y + z * z);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("no direction in (" + x + ", " + y + ", " + z + ")");
        }
        return new UnitVector(x / length, y / length, z / length);
    }

    public SkyPoint point() {
        return new SkyPoint(Math.atan2(y, x), Math.atan2(z, Math.hypot(x, y)));
    }

    public double dot(UnitVector other) {
        return dot(other.x, other.y, other.z);
    }

    /** Returns the inner product with a vector of any length. */
    public double dot(double otherX, double otherY, double otherZ) {
        return x * otherX + y * otherY + z * otherZ;
    }

    /**
     * Returns the angle between two directions in radians, exact for small and for large angles (atan2 of the sine and
     * the cosine, not the arc cosine, which loses half the digits below 1e-8).
     */
    public double angleTo(UnitVector other) {
        double cx = y * other.z - z * other.y;
        double cy = z * other.x - x * other.z;
        double cz = x * other.y - y * other.x;
        return Math.atan2(Math.sqrt(cx * cx + cy * cy + cz * cz), dot(other));
    }

    /** Returns the unit normal of the great circle from this to the other; refuses equal or opposite directions. */
    public UnitVector normalTo(UnitVector other) {
        return towards(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }
}
