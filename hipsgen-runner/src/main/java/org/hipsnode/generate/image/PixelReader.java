package org.hipsnode.generate.image;

import java.io.IOException;

/** Reads stored numbers of images; for any number of threads. */
interface PixelReader {
    /** A part of an image: its first pixel, from 0, and how many there are. */
    record Rectangle(int x, int y, int width, int height) {}

    /**
     * Reads the numbers of a part of an image; NaN where they are blank.
     *
     * @param at where the first of its rectangle goes; what is not wanted of that may stay as it is
     * @param stride how much farther the first of the next row goes
     */
    void read(SkyImage image, Spans part, double[] into, int at, int stride) throws IOException;
}
