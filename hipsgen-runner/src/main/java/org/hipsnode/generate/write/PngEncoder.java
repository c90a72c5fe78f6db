package org.hipsnode.generate.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.hipsnode.generate.render.Palette;

/**
 * Writes pictures as PNG with a palette whose first colour is transparent (PNG 3rd edition, §5, §11).
 *
 * <p>One byte a pixel, blank or not, colour map or grey; each line as the difference from the one above, since neighbouring
 * lines of a sky are alike. ImageIO writes the same pictures five times slower, as RGBA or without transparency.
 */
public final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte FILTER_UP = 2;
    private static final int COLOURS = 256;
    private static final byte INDEXED = 3;

    private final byte[] palette;
    private final ThreadLocal<Deflater> searching = ThreadLocal.withInitial(() -> deflater(Deflater.DEFAULT_STRATEGY));
    private final ThreadLocal<Deflater> counting = ThreadLocal.withInitial(() -> deflater(Deflater.HUFFMAN_ONLY));

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
        byte[] packed = pack(filter(picture, width, height));
        ByteBuffer file = ByteBuffer.allocate(SIGNATURE.length + 13 + palette.length + 1 + packed.length + 5 * 12);
        file.put(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put(INDEXED)
                .array();
        putChunk(file, "IHDR", header);
        putChunk(file, "PLTE", palette);
        putChunk(file, "tRNS", new byte[] {0});
        putChunk(file, "IDAT", packed);
        putChunk(file, "IEND", new byte[0]);
        return file.array();
    }

    private static byte[] filter(byte[] picture, int width, int height) {
        byte[] lines = new byte[height * (width + 1)];
        for (int line = 0; line < height; line++) {
            int to = line * (width + 1);
            lines[to++] = FILTER_UP;
            int from = line * width;
            for (int i = 0; i < width; i++) {
                int above = line == 0 ? 0 : picture[from - width + i];
                lines[to + i] = (byte) (picture[from + i] - above);
            }
        }
        return lines;
    }

    private static Deflater deflater(int strategy) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setStrategy(strategy);
        return deflater;
    }

    private byte[] pack(byte[] lines) {
        Deflater deflater = (repeatsItself(lines) ? searching : counting).get();
        deflater.reset();
        deflater.setInput(lines);
        deflater.finish();
        byte[] packed = new byte[lines.length + lines.length / 1000 + 64];
        int length = 0;
        while (!deflater.finished()) {
            if (length == packed.length) {
                throw new IllegalStateException("a picture grew past " + packed.length + " bytes when packed");
            }
            length += deflater.deflate(packed, length, packed.length - length);
        }
        return Arrays.copyOf(packed, length);
    }

    /**
     * Tells whether a search for repeated strings pays: in masks and blank regions. On a sky it takes half as long again and
     * finds none but by chance, which costs a tenth of the size.
     */
    private static boolean repeatsItself(byte[] lines) {
        int repeated = 0;
        for (int i = 1; i < lines.length; i++) {
            repeated += lines[i] == lines[i - 1] ? 1 : 0;
        }
        return repeated > lines.length / 4;
    }

    private static void putChunk(ByteBuffer file, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        file.putInt(content.length).put(name).put(content).putInt((int) crc.getValue());
    }
}
