package org.hipsnode.wcs;

/** A small change of two coordinates, without allocation. */
interface Distortion {

    /** Puts the changed coordinates into {@code out}. */
    void apply(double x, double y, double[] out);
}
