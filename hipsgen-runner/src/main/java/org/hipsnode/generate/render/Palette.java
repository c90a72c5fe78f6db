package org.hipsnode.generate.render;

/**
 * The 256 colours of a survey's pictures: 0 for blank, 1 to 255 from low to high. A picture is an array of these numbers
 * until it is encoded.
 */
public final class Palette {
    /** The number of a blank pixel. */
    public static final int BLANK = 0;

    private static final int COLOURS = 255;

    private final int[] colours;
    private final boolean grey;

    public Palette(Colormap colormap) {
        grey = colormap.isGrey();
        colours = new int[COLOURS + 1];
        for (int i = 1; i <= COLOURS; i++) {
            colours[i] = colormap.colour((i - 1) / (double) (COLOURS - 1));
        }
    }

    /** Returns a colour as 0xRRGGBB; black for blank. */
    public int colour(int number) {
        return colours[number];
    }

    public boolean isGrey() {
        return grey;
    }
}
