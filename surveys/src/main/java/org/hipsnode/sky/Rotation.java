package org.hipsnode.sky;

/**
 * A turn from one frame into another.
 *
 * @param x the first axis of the new frame as a direction in the old one
 * @param y the second axis
 * @param z the third axis
 */
public record Rotation(UnitVector x, UnitVector y, UnitVector z) {
    public static final Rotation NONE =
            new Rotation(new UnitVector(1, 0, 0), new UnitVector(0, 1, 0), new UnitVector(0, 0, 1));

    /** Returns the turn of the axes by an angle about their z axis, counterclockwise as seen from its tip. */
    public static Rotation aboutZ(double radians) {
        double cos = Math.cos(radians);
        double sin = Math.sin(radians);
        return new Rotation(new UnitVector(cos, sin, 0), new UnitVector(-sin, cos, 0), NONE.z);
    }

    /** Returns the turn of the axes by an angle about their y axis. */
    public static Rotation aboutY(double radians) {
        double cos = Math.cos(radians);
        double sin = Math.sin(radians);
        return new Rotation(new UnitVector(cos, 0, -sin), NONE.y, new UnitVector(sin, 0, cos));
    }

    /** Returns the turn of the axes by an angle about their x axis. */
    public static Rotation aboutX(double radians) {
        double cos = Math.cos(radians);
        double sin = Math.sin(radians);
        return new Rotation(NONE.x, new UnitVector(0, cos, sin), new UnitVector(0, -sin, cos));
    }

    /** Returns a direction of the old frame as one in the new frame. */
    public UnitVector apply(UnitVector v) {
        return UnitVector.towards(x.dot(v), y.dot(v), z.dot(v));
    }

    /** Returns the turn from the new frame into the old one. */
    public Rotation inverse() {
        return new Rotation(
                new UnitVector(x.x(), y.x(), z.x()),
                new UnitVector(x.y(), y.y(), z.y()),
                new UnitVector(x.z(), y.z(), z.z()));
    }

    /** Returns this turn followed by another. */
    public Rotation then(Rotation next) {
        Rotation back = inverse();
        return new Rotation(back.apply(next.x), back.apply(next.y), back.apply(next.z));
    }
}
