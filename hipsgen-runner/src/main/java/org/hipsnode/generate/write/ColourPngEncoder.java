package org.hipsnode.generate.write;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import org.hipsnode.generate.render.Picture;

/** Writes colour pictures as PNG: red, green, blue, and alpha where some pixels are blank. */
final class ColourPngEncoder {
    private static final byte TRUECOLOUR = 2;
    private static final byte TRUECOLOUR_ALPHA = 6;
    private static final byte FILTER_UP = 2;

    private ColourPngEncoder() {}

    static byte[] encode(Picture.Coloured picture) {
        boolean opaque = isOpaque(picture.argb());
        return new PngFile(picture.width(), picture.height(), opaque ? TRUECOLOUR : TRUECOLOUR_ALPHA)
                .add("IDAT", pack(filter(picture, opaque ? 3 : 4)))
                .bytes();
    }

    private static boolean isOpaque(int[] argb) {
        for (int colour : argb) {
            if (colour >>> 24 != 0xff) {
                return false;
            }
        }
        return true;
    }

    private static byte[] filter(Picture.Coloured picture, int samples) {
        int[] argb = picture.argb();
        int width = picture.width();
        byte[] lines = new byte[picture.height() * (width * samples + 1)];
        int to = 0;
        for (int line = 0; line < picture.height(); line++) {
            lines[to++] = FILTER_UP;
            for (int i = line * width; i < (line + 1) * width; i++) {
                int above = line == 0 ? 0 : argb[i - width];
                lines[to++] = (byte) ((argb[i] >> 16) - (above >> 16));
                lines[to++] = (byte) ((argb[i] >> 8) - (above >> 8));
                lines[to++] = (byte) (argb[i] - above);
                if (samples == 4) {
                    lines[to++] = (byte) ((argb[i] >>> 24) - (above >>> 24));
                }
            }
        }
        return lines;
    }

    private static byte[] pack(byte[] lines) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setStrategy(Deflater.FILTERED);
            deflater.setInput(lines);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(lines.length / 2);
            byte[] piece = new byte[1 << 16];
            while (!deflater.finished()) {
                packed.write(piece, 0, deflater.deflate(piece));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
