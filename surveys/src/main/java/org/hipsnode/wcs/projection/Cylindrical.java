package org.hipsnode.wcs.projection;

/** Projections with parallels of one length: they repeat themselves (Paper II §5.2). */
interface Cylindrical extends Equatorial {

    @Override
    default double period() {
        return 2 * Math.PI;
    }
}
