package org.hipsnode.wcs;

import org.hipsnode.sky.Rotation;

/**
 * From the sky to the native sphere: a turn, and for FK4 a small shift after it, since the E-terms of aberration add a constant
 * vector to every direction (Explanatory Supplement 1992, §3.531). The shift is zero for all other frames.
 */
record SkyTurn(Rotation rotation, double shiftX, double shiftY, double shiftZ) {

    static SkyTurn of(Rotation rotation) {
        return new SkyTurn(rotation, 0, 0, 0);
    }

    /** Returns the same with another turn before it, and a shift between both. */
    SkyTurn after(Rotation first, double[] shift) {
        return new SkyTurn(
                first.then(rotation),
                rotation.x().dot(shift[0], shift[1], shift[2]),
                rotation.y().dot(shift[0], shift[1], shift[2]),
                rotation.z().dot(shift[0], shift[1], shift[2]));
    }

    boolean hasShift() {
        return shiftX != 0 || shiftY != 0 || shiftZ != 0;
    }

    /** Turns a native direction, in place, into one of the sky. */
    void toSky(double[] v) {
        double x = v[0];
        double y = v[1];
        double z = v[2];
        if (hasShift()) {
            // the multiple of the direction that is a unit vector once the shift is taken away
            double along = x * shiftX + y * shiftY + z * shiftZ;
            double length = along + Math.sqrt(along * along + 1 - shiftX * shiftX - shiftY * shiftY - shiftZ * shiftZ);
            x = length * x - shiftX;
            y = length * y - shiftY;
            z = length * z - shiftZ;
        }
        v[0] = rotation.x().x() * x + rotation.y().x() * y + rotation.z().x() * z;
        v[1] = rotation.x().y() * x + rotation.y().y() * y + rotation.z().y() * z;
        v[2] = rotation.x().z() * x + rotation.y().z() * y + rotation.z().z() * z;
    }
}
