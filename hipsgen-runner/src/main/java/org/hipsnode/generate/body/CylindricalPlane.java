package org.hipsnode.generate.body;

/**
 * The simple cylindrical projection, also called plate carrée and, with other pixels along lines than across, equirectangular:
 * longitudes and latitudes are counted in pixels (Snyder 1987, p. 91).
 *
 * @param ellipsoid by which latitudes of the map are those of the centre
 * @param centre longitude of the origin in degrees, counted eastwards
 * @param originX column of the origin
 * @param originY line of the equator
 * @param perDegreeX columns in a degree of longitude
 * @param perDegreeY lines in a degree of latitude
 * @param height lines of the map
 */
record CylindricalPlane(
        Ellipsoid ellipsoid,
        double centre,
        double originX,
        double originY,
        double perDegreeX,
        double perDegreeY,
        int height)
        implements Plane {

    @Override
    public boolean toPixel(double x, double y, double z, double[] place) {
        double lon = Math.toDegrees(Math.atan2(y, x)) - centre;
        double lat = Math.toDegrees(ellipsoid.latitudeOfMap(Math.atan2(z, Math.hypot(x, y))));
        place[0] = originX + (lon - 360 * Math.rint(lon / 360)) * perDegreeX;
        place[1] = originY - lat * perDegreeY;
        return true;
    }

    @Override
    public double scaleDegrees() {
        return 1 / perDegreeY;
    }

    @Override
    public double period() {
        return 360 * perDegreeX;
    }

    @Override
    public boolean mayTouch(double x, double y, double z, double radius) {
        double lat = Math.atan2(z, Math.hypot(x, y));
        double top = line(Math.min(Math.PI / 2, lat + radius));
        double bottom = line(Math.max(-Math.PI / 2, lat - radius));
        return top <= height && bottom >= -1;
    }

    private double line(double lat) {
        return originY - Math.toDegrees(ellipsoid.latitudeOfMap(lat)) * perDegreeY;
    }
}
