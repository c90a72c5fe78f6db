package org.hipsnode.generate.render;

/** A picture before it is encoded, top line first. */
public sealed interface Picture {
    int width();

    int height();

    /**
     * Colour numbers of a palette.
     *
     * @param numbers one byte a pixel
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Indexed(byte[] numbers, Palette palette, int width, int height) implements Picture {}

    /**
     * Colours of their own.
     *
     * @param argb 0xAARRGGBB, alpha 0 where blank and 255 elsewhere
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Coloured(int[] argb, int width, int height) implements Picture {}
}
