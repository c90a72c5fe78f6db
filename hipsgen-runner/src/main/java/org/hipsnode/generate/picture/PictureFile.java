package org.hipsnode.generate.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFImageReadParam;
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

    /** The tag in which GDAL writes, as a text, the number that stands for nothing; no standard has it, all tools do. */
    private static final int NO_DATA = 42113;

    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;

    private final String name;
    private final ImageInputStream in;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private final ColorModel colours;
    private final Signs signs;

    /** Java's reader of JPEG makes up what is missing, and says so. */
    private boolean truncated;

    /** Java has 32 bits for signed numbers, and 8 bits for unsigned ones, whatever a TIFF says. */
    private enum Signs {
        AS_JAVA_HAS_THEM {
            @Override
            double right(double value) {
                return value;
            }
        },
        UNSIGNED_32 {
            @Override
            double right(double value) {
                return value < 0 ? value + 0x1p32 : value;
            }
        },
        SIGNED_8 {
            @Override
            double right(double value) {
                return value > Byte.MAX_VALUE ? value - 0x1p8 : value;
            }
        };

        abstract double right(double value);
    }

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
        readAllTags();
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
        this.signs = signs();
    }

    /** Those of GDAL are not known to Java; tags are read when the reader first looks at a file. */
    private void readAllTags() throws IOException {
        if (reader.getDefaultReadParam() instanceof TIFFImageReadParam tiff) {
            tiff.setReadUnknownTags(true);
            reader.readAsRenderedImage(0, tiff);
        }
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
                throw MalformedDataException.expected(name, "a picture (PNG, JPEG, TIFF)", foundIn(file));
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
        int magic = magic(file);
        return magic == 0x89504e47 || magic >>> 8 == 0xffd8ff || magic == 0x49492a00 || magic == 0x4d4d002a;
    }

    /** Returns the first four bytes of a file; 0 if it has fewer. */
    private static int magic(Path file) throws IOException {
        try (InputStream start = Files.newInputStream(file)) {
            byte[] magic = start.readNBytes(MAGIC);
            return magic.length < MAGIC ? 0 : ByteBuffer.wrap(magic).getInt();
        }
    }

    private static String foundIn(Path file) throws IOException {
        int magic = magic(file);
        return magic == 0x49492b00 || magic == 0x4d4d002b
                ? "a BigTIFF; convert it by gdal_translate -co BIGTIFF=NO, in parts where it is larger than 4 GB"
                : "something else";
    }

    /** What Java's readers say of damaged files. */
    private static MalformedDataException damaged(String name, Exception e) {
        return new MalformedDataException(
                "'" + name + "': expected a picture that can be read, found a damaged or unknown one ("
                        + Objects.requireNonNullElse(e.getMessage(), e.toString()) + ")" + remedy(name),
                e);
    }

    /** Java knows few ways of packing TIFF. */
    private static String remedy(String name) {
        return name.matches("(?is).*\\.tiff?")
                ? "; if it is whole, gdal_translate -co COMPRESS=DEFLATE -co PREDICTOR=1 makes one that is known"
                : "";
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

    private Signs signs() throws IOException {
        int kind = tags().filter(tags -> tags.containsTIFFField(BaselineTIFFTagSet.TAG_SAMPLE_FORMAT))
                .map(tags ->
                        tags.getTIFFField(BaselineTIFFTagSet.TAG_SAMPLE_FORMAT).getAsInt(0))
                .orElse(UNSIGNED);
        boolean isTiff = tags().isPresent();
        if (isTiff && kind == UNSIGNED && bits() == Integer.SIZE && colours.getTransferType() == DataBuffer.TYPE_INT) {
            return Signs.UNSIGNED_32;
        }
        return kind == SIGNED && bits() == Byte.SIZE ? Signs.SIGNED_8 : Signs.AS_JAVA_HAS_THEM;
    }

    /** Tells whether 8 bits of a value are from -128 to 127. */
    public boolean isSigned8() {
        return signs == Signs.SIGNED_8;
    }

    /** Returns the number that stands for nothing in a TIFF by GDAL; empty if none is told. */
    public OptionalDouble noData() throws IOException {
        try {
            Optional<TIFFField> field = tags().map(tags -> tags.getTIFFField(NO_DATA));
            return field.isPresent()
                    ? OptionalDouble.of(
                            Double.parseDouble(field.get().getAsString(0).strip()))
                    : OptionalDouble.empty();
        } catch (ClassCastException | IndexOutOfBoundsException | NumberFormatException e) {
            // "nan" among others, which needs no telling
            return OptionalDouble.empty();
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
            return new Stripe(image, signs);
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
        private final Signs signs;

        private Stripe(BufferedImage image, Signs signs) {
            this.image = image;
            this.signs = signs;
        }

        public int lines() {
            return image.getHeight();
        }

        /** Returns the values of a line of a grey picture, as they are in the file; NaN where it is transparent. */
        public double[] values(int line) {
            double[] values = PictureLines.values(image, line);
            for (int x = 0; x < values.length; x++) {
                values[x] = signs.right(values[x]);
            }
            return values;
        }

        /** Returns the colours of a line: alpha, red, green and blue, from 0 to 255 each, from the highest byte down. */
        public int[] colours(int line) {
            return PictureLines.colours(image, line);
        }
    }
}
