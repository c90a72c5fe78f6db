package org.hipsnode.wcs.projection;

/** How far from the apex of a cone the parallels are drawn. */
interface Meridian {

    /** Returns R of a latitude, NaN if that is not shown; negative for a cone that opens to the north. */
    double radius(double theta);

    /** Returns the latitude of R, NaN if there is none. */
    double latitude(double radius);
}
