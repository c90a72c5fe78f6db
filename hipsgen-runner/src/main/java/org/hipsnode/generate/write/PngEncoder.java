package org.hipsnode.generate.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private static byte[] pack(byte[] lines) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(lines);
            deflater.finish();
            byte[] packed = new byte[lines.length + lines.length / 1000 + 64];
            int length = deflater.deflate(packed);
            if (!deflater.finished()) {
                throw new IllegalStateException("a picture grew past " + packed.length + " bytes when packed");
            }
            return java.util.Arrays.copyOf(packed, length);
        } finally {
            deflater.end();
        }
    }

    private static void putChunk(ByteBuffer file, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        file.putInt(content.length).put(name).put(content).putInt((int) crc.getValue());
    }
}
