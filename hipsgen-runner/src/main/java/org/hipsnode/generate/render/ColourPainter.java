package org.hipsnode.generate.render;

import org.hipsnode.fits.PixelFormat;

/**
 * Draws three planes as red, green and blue. A pixel is blank if all three are; one that has some of them is dark in the others.
 *
 * <p>Lupton et al. 2004, §2: with r, g, b the values in their cuts as 0 to 1, not below 0, and I their mean, each is multiplied
 * by stretch(I)/I; where one then exceeds 1, all are divided by the largest, which keeps the hue.
 */
final class ColourPainter implements Brush {
    private static final int OPAQUE = 0xff000000;

    private final PixelFormat format;
    private final ColourDisplay display;
    private final double[] storedMin = new double[3];
    private final double[] perNumber = new double[3];

    ColourPainter(PixelFormat format, ColourDisplay display) {
        this.format = format;
        this.display = display;
        for (int i = 0; i < 3; i++) {
            storedMin[i] = format.stored(display.cuts().get(i).min());
            perNumber[i] = 1 / (format.stored(display.cuts().get(i).max()) - storedMin[i]);
        }
    }

    @Override
    public Picture.Coloured paint(byte[] data, int width, int height) {
        int[] argb = new int[width * height];
        double[][] lines = new double[3][width];
        double[] place = new double[3];
        for (int line = 0; line < height; line++) {
            int from = (height - 1 - line) * width;
            for (int plane = 0; plane < 3; plane++) {
                format.readStored(data, plane * width * height + from, lines[plane]);
            }
            for (int i = 0; i < width; i++) {
                place[0] = lines[0][i];
                place[1] = lines[1][i];
                place[2] = lines[2][i];
                argb[line * width + i] = argb(place);
            }
        }
        return new Picture.Coloured(argb, width, height);
    }

    @Override
    public int colour(byte[] data, int index, int pixels) {
        double[] stored = new double[3];
        for (int plane = 0; plane < 3; plane++) {
            int at = plane * pixels + index;
            stored[plane] =
                    format.isBlank(data, at) ? Double.NaN : format.type().get(data, at);
        }
        return argb(stored) & ~OPAQUE;
    }

    /** Turns three stored numbers into a colour; the array is used up. */
    private int argb(double[] values) {
        if (Double.isNaN(values[0]) && Double.isNaN(values[1]) && Double.isNaN(values[2])) {
            return 0;
        }
        for (int i = 0; i < 3; i++) {
            double place = (values[i] - storedMin[i]) * perNumber[i];
            values[i] = place > 0 ? place : 0; // blank too
        }
        if (display.composition() == ColourDisplay.Composition.LUPTON) {
            keepHue(values);
        } else {
            for (int i = 0; i < 3; i++) {
                values[i] = display.stretch().apply(Math.min(1, values[i]));
            }
        }
        return OPAQUE | number(values[0]) << 16 | number(values[1]) << 8 | number(values[2]);
    }

    private void keepHue(double[] values) {
        double mean = (values[0] + values[1] + values[2]) / 3;
        if (mean == 0) {
            return;
        }
        double factor = display.stretch().apply(mean) / mean;
        double largest = Math.max(values[0], Math.max(values[1], values[2])) * factor;
        double kept = largest > 1 ? factor / largest : factor;
        for (int i = 0; i < 3; i++) {
            values[i] *= kept;
        }
    }

    private static int number(double brightness) {
        return (int) Math.min(255, brightness * 255 + 0.5);
    }
}
