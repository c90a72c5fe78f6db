package org.hipsnode.wcs.projection;

/** Projections whose reference point is the native pole: x = R sin φ, y = −R cos φ (Paper II §5.1, eq. 12, 13). */
interface Zenithal extends Projection {

    @Override
    default double referenceLatitude() {
        return Math.PI / 2;
    }

    /** Puts a direction of native longitude towards (−y, x) of the plane and of a given zenith distance into a vector. */
    static void putVector(double x, double y, double zenithDistance, double[] vector) {
        double r = Math.hypot(x, y);
        double sine = r == 0 ? 0 : Math.sin(zenithDistance) / r;
        vector[0] = -y * sine;
        vector[1] = x * sine;
        vector[2] = Math.cos(zenithDistance);
    }

    /** Puts the place at a radius towards a direction into a plane. */
    static void putPlane(double x, double y, double radius, double[] plane) {
        double h = Math.hypot(x, y);
        plane[0] = h == 0 ? 0 : radius * y / h;
        plane[1] = h == 0 ? -radius : -radius * x / h;
    }
}
