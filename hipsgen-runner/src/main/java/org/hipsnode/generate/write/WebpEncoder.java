package org.hipsnode.generate.write;

import java.awt.image.BufferedImage;
import org.hipsnode.generate.picture.Webp;
import org.hipsnode.generate.render.Palette;
import org.hipsnode.generate.render.Picture;

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
        return encode(new Picture.Coloured(argb, width, height));
    }

    static byte[] encode(Picture.Coloured picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, picture.width(), picture.height(), picture.argb(), 0, picture.width());
        return Webp.encode(image);
    }
}
