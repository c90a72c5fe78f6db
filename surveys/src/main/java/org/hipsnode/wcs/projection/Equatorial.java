package org.hipsnode.wcs.projection;

/** Projections whose reference point is on the native equator. */
interface Equatorial extends Projection {

    @Override
    default double referenceLatitude() {
        return 0;
    }
}
