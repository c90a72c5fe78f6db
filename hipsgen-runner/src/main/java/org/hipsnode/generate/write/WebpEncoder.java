package org.hipsnode.generate.write;

import java.awt.image.BufferedImage;
import org.hipsnode.generate.picture.Webp;
import org.hipsnode.generate.render.Palette;

/** Writes pictures as WebP, blank pixels transparent. */
public final class WebpEncoder {
    private static final int OPAQUE = 0xff000000;

    private final int[] colours = new int[256];

    public WebpEncoder(Palette palette) {
        for (int i = 0; i < colours.length; i++) {
            colours[i] = i == Palette.BLANK ? 0 : OPAQUE | palette.colour(i);
        }
    }

    /**
     * Returns the file of a picture.
     *
     * @param picture colour numbers, top line first
     */
    public byte[] encode(byte[] picture, int width, int height) {
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = colours[picture[i] & 0xff];
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        return encode(image);
    }

    /** Returns the file of an image, which may have alpha. */
    public static byte[] encode(BufferedImage image) {
        return Webp.encode(image);
    }
}
