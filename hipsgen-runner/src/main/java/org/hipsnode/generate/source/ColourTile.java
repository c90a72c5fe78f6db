package org.hipsnode.generate.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.picture.PictureLines;
import org.hipsnode.generate.picture.Webp;
import org.hipsnode.io.MalformedDataException;

/** Reads tiles that are pictures as planes of 16-bit numbers: red, green, blue, bottom line first. */
final class ColourTile {
    /** Stands for a transparent pixel. */
    static final long BLANK = -1;

    /** Far more than a picture of the widest tile needs. */
    static final int MAX_BYTES = 1 << 28;

    private ColourTile() {}

    /** Returns the planes of a picture; its size is looked at before it is unpacked. */
    static byte[] decode(byte[] file, String name, int width) throws IOException {
        if (file.length > 0 && file[0] == 'R') {
            BufferedImage image = Webp.decode(file, name);
            requireWidth(image.getWidth(), image.getHeight(), name, width);
            return planes(image, width);
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw MalformedDataException.expected(name, "a picture", "something else");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                requireWidth(reader.getWidth(0), reader.getHeight(0), name, width);
                return planes(reader.read(0), width);
            } finally {
                reader.dispose();
            }
        } catch (MalformedDataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedDataException(
                    "'" + name + "': expected a picture that can be read, found a damaged one (" + e.getMessage() + ")",
                    e);
        }
    }

    private static void requireWidth(int foundWidth, int foundHeight, String name, int width) throws IOException {
        if (foundWidth != width || foundHeight != width) {
            throw MalformedDataException.expected(
                    name, width + "×" + width + " pixels", foundWidth + "×" + foundHeight);
        }
    }

    private static byte[] planes(BufferedImage image, int width) {
        int pixels = width * width;
        byte[] planes = new byte[3 * pixels * PixelType.INT16.bytes()];
        for (int y = 0; y < width; y++) {
            int[] line = PictureLines.colours(image, y);
            for (int x = 0; x < width; x++) {
                int target = (width - 1 - y) * width + x;
                boolean blank = line[x] >>> 24 == 0;
                for (int plane = 0; plane < 3; plane++) {
                    int colour = line[x] >> (16 - 8 * plane) & 0xff;
                    PixelType.INT16.putLong(planes, plane * pixels + target, blank ? BLANK : colour);
                }
            }
        }
        return planes;
    }
}
