package org.hipsnode.wcs;

import org.hipsnode.wcs.WcsException.Kind;

/**
 * The linear step: from offsets in pixels to the plane of the projection, in radians, longitude's coordinate first
 * (Paper I §2.1.2, eq. 1 and 3).
 */
record PixelPlane(double lonX, double lonY, double latX, double latY) {

    static PixelPlane of(HeaderValues header, CelestialAxes axes) throws WcsException {
        LinearMatrix matrix = LinearMatrix.of(header, axes);
        refuseCoupling(header, axes, matrix);
        double lonUnit = AngleUnit.radians(header, axes.lon());
        double latUnit = AngleUnit.radians(header, axes.lat());
        PixelPlane plane = new PixelPlane(
                lonUnit * matrix.element(axes.lon(), axes.x()),
                lonUnit * matrix.element(axes.lon(), axes.y()),
                latUnit * matrix.element(axes.lat(), axes.x()),
                latUnit * matrix.element(axes.lat(), axes.y()));
        if (plane.isSingular()) {
            throw new WcsException(
                    Kind.SINGULAR_MATRIX,
                    "a matrix of CDELT with PC or CROTA, or of CD, that can be inverted",
                    plane.toString(),
                    "its rows must not be zero or parallel");
        }
        return plane;
    }

    /** A third axis that moves the sky would need more than two coordinates of a pixel. */
    private static void refuseCoupling(HeaderValues header, CelestialAxes axes, LinearMatrix matrix)
            throws WcsException {
        int count = header.axes();
        for (int other = 1; other <= count; other++) {
            boolean beside = other != axes.lon() && other != axes.lat();
            if (beside && (matrix.element(axes.lon(), other) != 0 || matrix.element(axes.lat(), other) != 0)) {
                throw new WcsException(
                        Kind.INCONSISTENT_AXES,
                        "longitude and latitude that depend on axes " + axes.x() + " and " + axes.y() + " only",
                        "a PC or CD of axis " + other);
            }
        }
    }

    private double determinant() {
        return lonX * latY - lonY * latX;
    }

    private boolean isSingular() {
        double size = Math.hypot(lonX, lonY) * Math.hypot(latX, latY);
        return !(Math.abs(determinant()) > 1e-14 * size && Double.isFinite(size) && Double.isFinite(1 / determinant()));
    }

    /** Returns the side of a square as large as a pixel at the reference point, in radians. */
    double scale() {
        return Math.sqrt(Math.abs(determinant()));
    }

    double lon(double dx, double dy) {
        return lonX * dx + lonY * dy;
    }

    double lat(double dx, double dy) {
        return latX * dx + latY * dy;
    }

    /** Returns the way back, from the plane to offsets in pixels: its "lon" is x, its "lat" y. */
    PixelPlane inverse() {
        double determinant = determinant();
        return new PixelPlane(latY / determinant, -lonY / determinant, -latX / determinant, lonX / determinant);
    }
}
