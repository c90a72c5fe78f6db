package org.hipsnode.wcs;

import org.hipsnode.wcs.WcsException.Kind;

/** The two axes of an image that are on the sky, and how many pixels they have. */
record ImageAxes(int x, int y, long width, long height) {

    static ImageAxes of(HeaderValues header, CelestialAxes axes) throws WcsException {
        long width = header.size(axes.x());
        long height = header.size(axes.y());
        if (width < 1 || height < 1) {
            throw new WcsException(Kind.TOO_FEW_AXES, "an image of pixels", width + " × " + height + " of them");
        }
        return new ImageAxes(axes.x(), axes.y(), width, height);
    }

    /** Tells whether a place is on the image, counted as FITS does. */
    boolean holds(double px, double py) {
        return px >= 0.5 && px <= width + 0.5 && py >= 0.5 && py <= height + 0.5;
    }
}
