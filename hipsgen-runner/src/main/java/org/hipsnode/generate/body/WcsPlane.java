package org.hipsnode.generate.body;

import org.hipsnode.wcs.ImageWcs;

/**
 * A map that says by the header of a FITS image where it is.
 *
 * @param west whether its longitudes are counted westwards
 * @param ellipsoid by which its latitudes are those of the centre
 * @param period columns after which the body repeats itself, 0 if it does not
 */
record WcsPlane(ImageWcs wcs, boolean west, Ellipsoid ellipsoid, double period) implements Plane {
    /** Radians within which two places are one. */
    private static final double SAME = 1e-6;

    static WcsPlane of(ImageWcs wcs, boolean west, Ellipsoid ellipsoid) {
        return new WcsPlane(wcs, west, ellipsoid, period(wcs));
    }

    /** Looks whether the place so many columns farther as make 360° is the same place of the body. */
    private static double period(ImageWcs wcs) {
        double x = (wcs.width() + 1) / 2.0;
        double y = (wcs.height() + 1) / 2.0;
        double[] here = new double[2];
        double[] next = new double[2];
        if (!wcs.toSky(x, y, here) || !wcs.toSky(x + 1, y, next)) {
            return 0;
        }
        double step = Math.abs(Math.IEEEremainder(next[0] - here[0], 2 * Math.PI));
        double period = 2 * Math.PI / step;
        boolean repeats = step > 0
                && wcs.toSky(x + period, y, next)
                && Math.abs(Math.IEEEremainder(next[0] - here[0], 2 * Math.PI)) < SAME
                && Math.abs(next[1] - here[1]) < SAME;
        return repeats ? period : 0;
    }

    @Override
    public boolean toPixel(double x, double y, double z, double[] place) {
        double across = Math.hypot(x, y);
        double lat = ellipsoid.latitudeOfMap(Math.atan2(z, across));
        double stretch = across > 0 ? Math.cos(lat) / across : 0;
        if (!wcs.toPixel(x * stretch, (west ? -y : y) * stretch, Math.sin(lat), place)) {
            return false;
        }
        // FITS counts from 1
        place[0] -= 1;
        place[1] -= 1;
        return true;
    }

    @Override
    public double scaleDegrees() {
        return wcs.pixelScale();
    }
}
