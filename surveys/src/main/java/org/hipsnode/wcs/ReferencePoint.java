package org.hipsnode.wcs;

/** The reference pixel CRPIX, and the place in the projection's plane where it is: (0, 0) but for an unusual reference. */
record ReferencePoint(double pixelX, double pixelY, double planeX, double planeY) {}
