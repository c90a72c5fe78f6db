package org.hipsnode.generate.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.hipsnode.io.MalformedDataException;

/**
 * A picture in a file (PNG, JPEG, TIFF), read in stripes, so that memory does not depend on its size. Grey pictures have values,
 * others colours; what is transparent has none.
 */
public final class PictureFile implements Closeable {
    /** Pixels of a stripe; some readers begin at the start of the file for each. */
    private static final int STRIPE = 1 << 24;

    private static final int MAGIC = 4;

    private final String name;
    private final ImageInputStream in;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private final ColorModel colours;

    /** Java's reader of JPEG makes up what is missing, and says so. */
    private boolean truncated;

    /** Takes stripes from the top down. */
    @FunctionalInterface
    public interface Stripes {
        /**
         * Takes a stripe.
         *
         * @param top line of the picture, from 0 at the top, that is the first of the stripe
         */
        void take(int top, Stripe stripe) throws IOException;
    }

    private PictureFile(String name, ImageInputStream in, ImageReader reader) throws IOException {
        this.name = name;
        this.in = in;
        this.reader = reader;
        reader.setInput(in);
        reader.addIIOReadWarningListener((source, warning) -> truncated |= warning.startsWith("Truncated"));
        this.width = reader.getWidth(0);
        this.height = reader.getHeight(0);
        if (width < 1 || height < 1) {
            throw new IIOException(width + "×" + height + " pixels");
        }
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            throw new IIOException("colours that are not known");
        }
        this.colours = types.next().getColorModel();
    }

    /** Opens a picture, and looks at no more than its head. */
    public static PictureFile open(Path file) throws IOException {
        String name = file.toString();
        ImageInputStream in = new FileImageInputStream(file.toFile());
        ImageReader reader = null;
        boolean done = false;
        try {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw MalformedDataException.expected(name, "a picture (PNG, JPEG, TIFF)", "something else");
            }
            reader = readers.next();
            PictureFile opened = new PictureFile(name, in, reader);
            done = true;
            return opened;
        } catch (IIOException | EOFException | RuntimeException e) {
            throw damaged(name, e);
        } finally {
            if (!done) {
                if (reader != null) {
                    reader.dispose();
                }
                in.close();
            }
        }
    }

    /** Tells by its first bytes whether a file is a picture that may lie on the sky: PNG, JPEG or TIFF. */
    public static boolean isPicture(Path file) throws IOException {
        try (InputStream start = Files.newInputStream(file)) {
            byte[] magic = start.readNBytes(MAGIC);
            if (magic.length < MAGIC) {
                return false;
            }
            int number = (magic[0] & 0xff) << 24 | (magic[1] & 0xff) << 16 | (magic[2] & 0xff) << 8 | (magic[3] & 0xff);
            return number == 0x89504e47 || number >>> 8 == 0xffd8ff || number == 0x49492a00 || number == 0x4d4d002a;
        }
    }

    /** What Java's readers say of damaged files. */
    private static MalformedDataException damaged(String name, Exception e) {
        return new MalformedDataException(
                "'" + name + "': expected a picture that can be read, found a damaged or unknown one ("
                        + Objects.requireNonNullElse(e.getMessage(), e.toString()) + ")",
                e);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Tells whether pixels have colours; else they have values. */
    public boolean isColour() {
        return !PictureLines.isGrey(colours);
    }

    /** Tells whether pixels may be transparent. */
    public boolean hasAlpha() {
        return colours.hasAlpha();
    }

    /** Returns the bits of a value. */
    public int bits() {
        return colours instanceof IndexColorModel ? Byte.SIZE : colours.getComponentSize(0);
    }

    /** Returns the tags of a TIFF, those of GeoTIFF among them; empty for other pictures. */
    public Optional<TIFFDirectory> tags() throws IOException {
        if (!reader.getFormatName().equalsIgnoreCase("tif")
                && !reader.getFormatName().equalsIgnoreCase("tiff")) {
            return Optional.empty();
        }
        try {
            return Optional.of(TIFFDirectory.createFromMetadata(reader.getImageMetadata(0)));
        } catch (IIOException | EOFException | RuntimeException e) {
            throw damaged(name, e);
        }
    }

    /** Gives the whole picture. */
    public void read(Stripes stripes) throws IOException {
        int lines = Math.max(1, STRIPE / width);
        for (int top = 0; top < height; top += lines) {
            stripes.take(top, stripe(top, Math.min(lines, height - top)));
        }
    }

    private Stripe stripe(int top, int lines) throws IOException {
        ImageReadParam part = reader.getDefaultReadParam();
        part.setSourceRegion(new Rectangle(0, top, width, lines));
        try {
            BufferedImage image = reader.read(0, part);
            if (truncated) {
                throw new IIOException("it is truncated");
            }
            return new Stripe(image);
        } catch (IIOException | EOFException | RuntimeException e) {
            throw damaged(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        in.close();
    }

    /** Some lines of a picture. */
    public static final class Stripe {
        private final BufferedImage image;

        private Stripe(BufferedImage image) {
            this.image = image;
        }

        public int lines() {
            return image.getHeight();
        }

        /** Returns the values of a line of a grey picture, as they are in the file; NaN where it is transparent. */
        public double[] values(int line) {
            return PictureLines.values(image, line);
        }

        /** Returns the colours of a line: alpha, red, green and blue, from 0 to 255 each, from the highest byte down. */
        public int[] colours(int line) {
            return PictureLines.colours(image, line);
        }
    }
}
