package org.hipsnode.generate.plan;

import org.hipsnode.fits.PixelType;

/**
 * What a survey is made from, as far as its keyword list tells.
 *
 * @param text the source in words
 * @param pixelOrder order of its own pixels
 * @param type of its own numbers
 * @param sampling how values between its pixels are found: none, nearest or bilinear
 */
public record Origin(String text, int pixelOrder, PixelType type, String sampling) {}
