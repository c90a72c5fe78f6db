package org.hipsnode.generate.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hipsnode.generate.render.Palette;

/**
 * Writes pictures as PNG with a palette whose first colour is transparent (PNG 3rd edition, §5, §11).
 *
 * <p>One byte a pixel, blank or not, colour map or grey; each line as the difference from the one above, since neighbouring
 * lines of a sky are alike. ImageIO writes the same pictures five times slower, as RGBA or without transparency.
 */
public final class PngEncoder {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final OwnArray LINES = new OwnArray();
    private static final byte FILTER_UP = 2;
    private static final int COLOURS = 256;
    private static final byte INDEXED = 3;

    /** Odd, so that it wanders over all columns. */
    private static final int LOOK_EVERY = 15;

    private final byte[] palette;
    private final Packer searching = new ZlibPacker();

    public PngEncoder(Palette palette) {
        this.palette = new byte[3 * COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            this.palette[3 * i] = (byte) (palette.colour(i) >> 16);
            this.palette[3 * i + 1] = (byte) (palette.colour(i) >> 8);
            this.palette[3 * i + 2] = (byte) palette.colour(i);
        }
    }

    /**
     * Returns the file of a picture.
     *
     * @param picture colour numbers, top line first
     */
    public byte[] encode(byte[] picture, int width, int height) {
        byte[] lines = filter(picture, width, height);
        Packer packer = repeatsItself(lines, width + 1)
                ? searching
                : new HuffmanPacker(Math.min(width + 1, HuffmanPacker.MOST_DISTANCE));
        return new PngFile(width, height, INDEXED)
                .add("PLTE", palette)
                .add("tRNS", new byte[] {0})
                .add("IDAT", packer.pack(lines))
                .bytes();
    }

    /** Returns lines that last until this thread filters the next. */
    private static byte[] filter(byte[] picture, int width, int height) {
        byte[] lines = LINES.ofLength(height * (width + 1));
        for (int line = 0; line < height; line++) {
            lines[line * (width + 1)] = FILTER_UP;
        }
        System.arraycopy(picture, 0, lines, 1, width);
        for (int line = 1; line < height; line++) {
            subtractAbove(picture, line * width, width, lines, line * (width + 1) + 1);
        }
        return lines;
    }

    /** For itself, so that it is compiled soon, and once: eight bytes at a time. */
    private static void subtractAbove(byte[] picture, int from, int width, byte[] lines, int to) {
        int i = 0;
        for (; i <= width - Long.BYTES; i += Long.BYTES) {
            long above = (long) LONGS.get(picture, from - width + i);
            LONGS.set(lines, to + i, differences((long) LONGS.get(picture, from + i), above));
        }
        for (; i < width; i++) {
            lines[to + i] = (byte) (picture[from + i] - picture[from - width + i]);
        }
    }

    /** Returns the differences of eight bytes: their highest bits, put in later, neither lend nor borrow. */
    private static long differences(long bytes, long others) {
        return ((bytes | HIGHEST_BITS) - (others & ~HIGHEST_BITS)) ^ ((bytes ^ ~others) & HIGHEST_BITS);
    }

    /**
     * Tells whether a search for repeated strings pays, besides those that repeat the line above: in masks and magnified pixels. On a
     * sky it takes half as long again and finds none but by chance, which costs a tenth of the size. One pair of bytes in several is
     * enough to know.
     */
    private static boolean repeatsItself(byte[] lines, int line) {
        int looked = 0;
        int repeated = 0;
        for (int i = line + 1; i < lines.length; i += LOOK_EVERY) {
            boolean isAsAbove = lines[i] == lines[i - line] && lines[i - 1] == lines[i - 1 - line];
            looked += isAsAbove ? 0 : 1;
            repeated += !isAsAbove && lines[i] == lines[i - 1] ? 1 : 0;
        }
        return repeated > looked / 4;
    }
}
