package org.hipsnode.wcs.projection;

/** The parameters PVi_m of a header's latitude axis i (Paper II §4.1). */
public interface ProjectionParameters {

    /** Returns PVi_m, or another value if the header does not say. */
    double get(int m, double otherwise);
}
