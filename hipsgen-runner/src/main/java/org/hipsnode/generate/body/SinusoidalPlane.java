package org.hipsnode.generate.body;

/**
 * The sinusoidal projection (Snyder 1987, pp. 243–248): lines are circles of latitude in their true lengths.
 *
 * @param latitudes by which latitudes of the map are those of the centre
 * @param figure by which lengths on the map follow from its latitudes; a sphere where they are counted in degrees
 * @param centre longitude of the line from pole to pole, in degrees, counted eastwards
 * @param origin where it meets the equator
 * @param radius equatorial radius of the body in pixels
 */
record SinusoidalPlane(Ellipsoid latitudes, Ellipsoid figure, double centre, Origin origin, double radius)
        implements Plane {

    /** A place between pixels. */
    record Origin(double x, double y) {}

    /** The edge of the body moves by not much more than three pixels from line to line. */
    private static final double NEAR_EDGE = 5;

    @Override
    public boolean toPixel(double x, double y, double z, double[] place) {
        double lat = latitudes.latitudeOfMap(Math.atan2(z, Math.hypot(x, y)));
        double lon = Math.atan2(y, x) - Math.toRadians(centre);
        double ofRadian = radius * figure.circle(lat);
        double right = ofRadian * (lon - 2 * Math.PI * Math.rint(lon / (2 * Math.PI)));
        double line = origin.y - radius * figure.fromEquator(lat);
        boolean nearEdge = Math.PI * ofRadian - Math.abs(right) < NEAR_EDGE;
        place[0] = origin.x + (nearEdge ? onBody(right, line) : right);
        place[1] = line;
        return true;
    }

    /**
     * Returns a place between pixels that show the body: what lies nearer to its edge than the outermost centre of a pixel is taken
     * from there, since beyond it maps have anything.
     */
    private double onBody(double right, double line) {
        double above = halfWidth(Math.floor(line));
        double below = halfWidth(Math.ceil(line));
        double half = above <= 0 ? below : below <= 0 ? above : Math.min(above, below);
        double most = Math.floor(origin.x + half) - origin.x;
        double least = Math.ceil(origin.x - half) - origin.x;
        return least > most ? right : Math.max(least, Math.min(most, right));
    }

    /** Returns half the width of the body in a line; 0 or less beyond its poles. */
    private double halfWidth(double line) {
        return Math.PI * radius * figure.circle(figure.latitudeAt((origin.y - line) / radius));
    }

    @Override
    public double scaleDegrees() {
        return Math.toDegrees(1 / radius);
    }
}
