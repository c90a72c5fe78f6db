package org.hipsnode.wcs.projection;

/** Projections whose reference point is the native pole: x = R sin φ, y = −R cos φ (Paper II §5.1, eq. 12, 13). */
interface Zenithal extends Projection {

    @Override
    default double referenceLatitude() {
        return Math.PI / 2;
    }
}
