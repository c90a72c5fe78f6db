package org.hipsnode.generate.body;

/**
 * The polar stereographic projection (Snyder 1987, pp. 157–161): around the north pole longitudes are counted counterclockwise
 * from the line down, around the south pole clockwise from the line up.
 *
 * @param south whether it is around the south pole
 * @param centre longitude of that line in degrees, counted eastwards
 * @param poleX column of the pole
 * @param poleY line of the pole
 * @param radius equatorial radius of the body in pixels
 */
record PolarPlane(Ellipsoid ellipsoid, boolean south, double centre, double poleX, double poleY, double radius)
        implements Plane {
    /** So far from its pole the map has no end: the other pole is infinitely far. */
    private static final double FARTHEST = -Math.toRadians(85);

    @Override
    public boolean toPixel(double x, double y, double z, double[] place) {
        double lat = Math.atan2(south ? -z : z, Math.hypot(x, y));
        if (lat < FARTHEST) {
            return false;
        }
        double lon = Math.atan2(y, x) - Math.toRadians(centre);
        double far = radius * ellipsoid.fromPole(ellipsoid.latitudeOfMap(lat));
        place[0] = poleX + far * Math.sin(lon);
        place[1] = poleY + (south ? -1 : 1) * far * Math.cos(lon);
        return true;
    }

    @Override
    public double scaleDegrees() {
        return Math.toDegrees(1 / radius);
    }
}
