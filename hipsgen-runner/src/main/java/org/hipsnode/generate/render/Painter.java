package org.hipsnode.generate.render;

import org.hipsnode.fits.PixelFormat;

/**
 * Turns stored numbers into colour numbers by a table over the cut, so that every stretch costs the same.
 *
 * <p>The table has 65,536 steps: at the steep start of the log stretch one step is less than a colour.
 */
public final class Painter implements Brush {
    private static final int STEPS = 1 << 16;

    private final PixelFormat format;
    private final double storedMin;
    private final double stepsPerNumber;
    private final byte[] colours = new byte[STEPS];
    private final Palette palette;

    public Painter(PixelFormat format, Display display) {
        this.format = format;
        this.palette = new Palette(display.colormap());
        this.storedMin = format.stored(display.cut().min());
        this.stepsPerNumber = (STEPS - 1) / (format.stored(display.cut().max()) - storedMin);
        for (int i = 0; i < STEPS; i++) {
            double brightness = display.stretch().apply(i / (double) (STEPS - 1));
            colours[i] = (byte) (1 + Math.min(254, (int) (brightness * 255)));
        }
    }

    /** Returns the colour number of a pixel. */
    public byte paint(byte[] data, int index) {
        return format.isBlank(data, index)
                ? Palette.BLANK
                : paintStored(format.type().get(data, index));
    }

    private byte paintStored(double stored) {
        double step = (stored - storedMin) * stepsPerNumber;
        // a cast keeps within the range of int, and bounds of whole numbers cost less
        return colours[Math.max(0, Math.min(STEPS - 1, (int) step))];
    }

    @Override
    public int colour(byte[] data, int index, int pixels) {
        return palette.colour(paint(data, index) & 0xff);
    }

    @Override
    public Picture.Indexed paint(byte[] data, int width, int height) {
        byte[] picture = new byte[width * height];
        double[] stored = new double[width];
        for (int line = 0; line < height; line++) {
            format.readStored(data, (height - 1 - line) * width, stored);
            paintLine(stored, picture, line * width);
        }
        return new Picture.Indexed(picture, palette, width, height);
    }

    /** For itself, so that it is compiled soon, and once. */
    private void paintLine(double[] stored, byte[] picture, int to) {
        for (int i = 0; i < stored.length; i++) {
            picture[to + i] = Double.isNaN(stored[i]) ? Palette.BLANK : paintStored(stored[i]);
        }
    }
}
