package org.hipsnode.generate.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

/** The numbers of a picture in memory, line by line, as its file has them: Java takes greys for linear, and would brighten them. */
public final class PictureLines {
    private PictureLines() {}

    /** Tells whether pixels have values; else they have colours. */
    static boolean isGrey(ColorModel colours) {
        if (!(colours instanceof IndexColorModel palette)) {
            return colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the values of a line of a grey picture; NaN where it is transparent. */
    static double[] values(BufferedImage image, int line) {
        double[] values = new double[image.getWidth()];
        if (image.getColorModel() instanceof IndexColorModel) {
            int[] argb = argb(image, line);
            for (int x = 0; x < values.length; x++) {
                values[x] = argb[x] >>> 24 == 0 ? Double.NaN : argb[x] & 0xff;
            }
            return values;
        }
        image.getRaster().getSamples(0, line, values.length, 1, 0, values);
        if (image.getColorModel().hasAlpha()) {
            double[] alpha = new double[values.length];
            image.getRaster().getSamples(0, line, values.length, 1, 1, alpha);
            for (int x = 0; x < values.length; x++) {
                values[x] = alpha[x] == 0 ? Double.NaN : values[x];
            }
        }
        return values;
    }

    /**
     * Returns the colours of a line: alpha, red, green and blue, from 0 to 255 each, from the highest byte down; greys are opaque, or
     * 0.
     */
    public static int[] colours(BufferedImage image, int line) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel || !isGrey(model)) {
            return argb(image, line);
        }
        double most = Math.pow(2, model.getComponentSize(0)) - 1;
        double[] values = values(image, line);
        int[] colours = new int[values.length];
        for (int x = 0; x < colours.length; x++) {
            int value = (int) Math.rint(255 * Math.max(0, Math.min(1, values[x] / most)));
            colours[x] = Double.isNaN(values[x]) ? 0 : 0xff000000 | value * 0x010101;
        }
        return colours;
    }

    private static int[] argb(BufferedImage image, int line) {
        return image.getRGB(0, line, image.getWidth(), 1, new int[image.getWidth()], 0, image.getWidth());
    }
}
