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
}
