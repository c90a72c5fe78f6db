package org.hipsnode.generate.body;

/**
 * The figure of a body, as far as it matters to latitudes.
 *
 * @param flattening (equatorial − polar radius) / equatorial radius; 0 where latitudes are planetocentric, whatever the figure
 */
record Ellipsoid(double flattening) {
    /** Latitudes of the map are angles at the centre. */
    static final Ellipsoid CENTRIC = new Ellipsoid(0);

    /** Returns the planetographic latitude of a planetocentric one (Snyder 1987, eq. 3-28). */
    double latitudeOfMap(double centric) {
        double ratio = (1 - flattening) * (1 - flattening);
        return flattening == 0 ? centric : Math.atan2(Math.sin(centric), ratio * Math.cos(centric));
    }

    /**
     * Returns how far from the pole a latitude lies in the polar stereographic projection, in equatorial radii (Snyder 1987, eq.
     * 15-9 and 21-33 with scale 1 at the pole).
     *
     * @param latitude of the map, in radians, positive towards the pole of the projection
     */
    double fromPole(double latitude) {
        double e = Math.sqrt(flattening * (2 - flattening));
        double sine = e * Math.sin(latitude);
        double t = Math.tan(Math.PI / 4 - latitude / 2) / Math.pow((1 - sine) / (1 + sine), e / 2);
        return 2 * t / Math.sqrt(Math.pow(1 + e, 1 + e) * Math.pow(1 - e, 1 - e));
    }

    /** Returns how far along a meridian a latitude lies from the equator, in equatorial radii (Snyder 1987, eq. 3-21). */
    double fromEquator(double latitude) {
        double e2 = flattening * (2 - flattening);
        double e4 = e2 * e2;
        double e6 = e4 * e2;
        return (1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256) * latitude
                - (3 * e2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024) * Math.sin(2 * latitude)
                + (15 * e4 / 256 + 45 * e6 / 1024) * Math.sin(4 * latitude)
                - 35 * e6 / 3072 * Math.sin(6 * latitude);
    }

    /** Returns the latitude so far along a meridian from the equator; beyond the poles more than 90°. */
    double latitudeAt(double fromEquator) {
        double latitude = fromEquator;
        for (int i = 0; i < 5; i++) {
            latitude += fromEquator - fromEquator(latitude);
        }
        return latitude;
    }

    /** Returns the radius of the circle of a latitude in equatorial radii (Snyder 1987, eq. 14-15). */
    double circle(double latitude) {
        double sine = Math.sin(latitude);
        return Math.cos(latitude) / Math.sqrt(1 - flattening * (2 - flattening) * sine * sine);
    }
}
