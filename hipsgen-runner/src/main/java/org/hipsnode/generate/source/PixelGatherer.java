package org.hipsnode.generate.source;

import java.io.IOException;

/** Finds the stored numbers of pixels by their NESTED numbers, whatever the map's own order is. */
interface PixelGatherer {

    /**
     * Copies the numbers of a square of pixels.
     *
     * @param firstNested first pixel of the square in NESTED order
     * @param width pixels along a side, a power of two
     * @param data where to, in the order of {@code PixelOrder}; filled with one number, which pixels that the map lacks keep
     * @return false if the map has none of them
     */
    boolean gather(long firstNested, int width, byte[] data) throws IOException;

    /** Copies the number of one pixel to the front of an array; false if the map lacks it. */
    boolean pixel(long nested, byte[] one) throws IOException;

    /** Tells whether the map has every pixel of the sky. */
    boolean isWhole();
}
