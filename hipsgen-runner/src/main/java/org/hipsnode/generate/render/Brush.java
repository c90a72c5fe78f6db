package org.hipsnode.generate.render;

/** Draws the numbers of tiles; may be used by many threads at once. */
public interface Brush {

    /**
     * Returns the picture of an image.
     *
     * @param data numbers, plane after plane, bottom line first
     */
    Picture paint(byte[] data, int width, int height);

    /**
     * Returns the colour of one pixel as 0xRRGGBB, black where it is blank.
     *
     * @param pixels how many pixels a plane of the data has
     */
    int colour(byte[] data, int index, int pixels);
}
