package org.hipsnode.check;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.hipsnode.io.Gzip;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.tile.TileFormat;

/** What the bytes of an image file say of themselves. */
final class ImageFacts {
    /** No tile and no Allsky file is larger. */
    private static final int MAX_SIDE = 1 << 15;

    private ImageFacts() {}

    /** The size of an image. */
    record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "×" + height;
        }
    }

    /** Tells a file's format by its first bytes; gzip data count as FITS, which old trees hide in them. */
    static Optional<TileFormat> format(byte[] file) {
        if (startsWith(file, 0, "SIMPLE") || Gzip.isGzip(file)) {
            return Optional.of(TileFormat.FITS);
        }
        if (startsWith(file, 0, PngFacts.SIGNATURE)) {
            return Optional.of(TileFormat.PNG);
        }
        if (startsWith(file, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of(TileFormat.JPEG);
        }
        if (startsWith(file, 0, "RIFF") && startsWith(file, 8, "WEBP")) {
            return Optional.of(TileFormat.WEBP);
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] file, int offset, String magic) {
        if (file.length < offset + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((file[offset + i] & 0xff) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Decodes a PNG or JPEG file whole, so that a truncated one is found, and returns its size. */
    static Size decode(byte[] file, String name) throws IOException {
        if (format(file).equals(Optional.of(TileFormat.PNG))) {
            return PngFacts.size(file, name);
        }
        // ImageIO's own choice would copy each tile to a temporary file
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw MalformedDataException.expected(name, "an image", "something else");
            }
            ImageReader reader = readers.next();
            try {
                return decode(reader, in, name);
            } catch (RuntimeException e) {
                // the readers of the JDK answer some malformed files with unchecked exceptions
                throw new MalformedDataException("'" + name + "': expected a whole image, found " + e, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Size decode(ImageReader reader, ImageInputStream in, String name) throws IOException {
        reader.setInput(in, true, true);
        Size size = new Size(reader.getWidth(0), reader.getHeight(0));
        requireTileSize(size, name);
        boolean[] truncated = {false};
        reader.addIIOReadWarningListener((source, warning) -> truncated[0] |= tellsOfTheEnd(warning));
        reader.read(0);
        if (truncated[0]) {
            throw cutOff(name);
        }
        return size;
    }

    /** Tells whether a warning is one of the two of the JDK's JPEG reader for a file that ends too early. */
    private static boolean tellsOfTheEnd(String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        return lower.contains("truncated file") || lower.contains("premature end");
    }

    static void requireTileSize(Size size, String name) throws MalformedDataException {
        boolean isOne = size.width > 0
                && size.height > 0
                && size.width <= MAX_SIDE
                && size.height <= MAX_SIDE
                && (long) size.width * size.height <= 1 << 26;
        if (!isOne) {
            throw MalformedDataException.expected(name, "an image of a tile's size", size.toString());
        }
    }

    static MalformedDataException cutOff(String name) {
        return MalformedDataException.expected(name, "a whole image", "one that is cut off");
    }

    /** Returns the size of a WebP image (RFC 9649 §2.5–2.7). */
    static Size webpSize(byte[] file, String name) throws IOException {
        if (file.length >= 12 && file.length < 8 + (littleEndian(file, 4, 4) & 0xffffffffL)) {
            throw cutOff(name);
        }
        if (file.length >= 30) {
            if (startsWith(file, 12, "VP8X")) {
                return new Size(1 + littleEndian(file, 24, 3), 1 + littleEndian(file, 27, 3));
            }
            if (startsWith(file, 12, "VP8L") && file[20] == 0x2f) {
                int bits = littleEndian(file, 21, 4);
                return new Size(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
            }
            if (startsWith(file, 12, "VP8 ")) {
                return new Size(littleEndian(file, 26, 2) & 0x3fff, littleEndian(file, 28, 2) & 0x3fff);
            }
        }
        throw MalformedDataException.expected(name, "a WebP image", "none");
    }

    private static int littleEndian(byte[] file, int offset, int bytes) {
        int value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | (file[offset + i] & 0xff);
        }
        return value;
    }
}
