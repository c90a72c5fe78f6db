package org.hipsnode.generate.plan;

import org.hipsnode.fits.PixelType;
import org.hipsnode.healpix.HealpixGrid;

/**
 * What a survey is made from, as far as its keyword list tells.
 *
 * @param text the source in words
 * @param pixelScaleDegrees side of its own pixels
 * @param type of its own numbers
 * @param sampling how values between its pixels are found: none, nearest or bilinear
 */
public record Origin(String text, double pixelScaleDegrees, PixelType type, String sampling) {

    /** Returns the side of a pixel of the HEALPix grid. */
    public static double scaleDegrees(int pixelOrder) {
        return Math.toDegrees(HealpixGrid.ofOrder(pixelOrder).pixelSizeRadians());
    }
}
