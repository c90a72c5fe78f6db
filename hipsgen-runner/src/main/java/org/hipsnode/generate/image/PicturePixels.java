package org.hipsnode.generate.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.picture.PictureFile;

/** Unpacks a picture, or one of its colours, into plain numbers as a FITS image has them: big-endian, the bottom line first. */
final class PicturePixels {
    /** Numbers from 0 to 255, and for what is transparent -1. */
    static final PixelFormat COLOUR = PixelFormat.of(PixelType.INT16).withBlank(-1);

    private static final int BITS_OF_COLOUR = 8;

    private final SkyImage image;
    private final FileChannel out;

    private PicturePixels(SkyImage image, FileChannel out) {
        this.image = image;
        this.out = out;
    }

    /** Returns the format of the numbers of a picture. */
    static PixelFormat format(PictureFile picture) {
        if (picture.isColour()) {
            return COLOUR;
        }
        if (picture.bits() <= Byte.SIZE && !picture.isSigned8()) {
            return picture.hasAlpha() ? COLOUR : PixelFormat.of(PixelType.UINT8);
        }
        return picture.bits() <= Short.SIZE
                ? PixelFormat.of(PixelType.INT32).withBlank(Integer.MIN_VALUE)
                : PixelFormat.of(PixelType.FLOAT64);
    }

    /** Writes the numbers of an image into a file. */
    static void unpack(SkyImage image, Path file, Path plain) throws IOException {
        try (PictureFile picture = PictureFile.open(file);
                FileChannel out = FileChannel.open(plain, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            picture.read(new PicturePixels(image, out)::write);
        }
    }

    /** Stripes come from the top down, and their lines go up from the end of the file. */
    private void write(int top, PictureFile.Stripe stripe) throws IOException {
        byte[] numbers = new byte[image.width() * image.format().type().bytes()];
        for (int line = 0; line < stripe.lines(); line++) {
            double[] values = values(image, stripe, line);
            for (int x = 0; x < values.length; x++) {
                put(image.format(), numbers, x, values[x]);
            }
            long position = (long) (image.height() - 1 - top - line) * numbers.length;
            ByteBuffer buffer = ByteBuffer.wrap(numbers);
            while (buffer.hasRemaining()) {
                out.write(buffer, position + buffer.position());
            }
        }
    }

    /** Returns the numbers of a line, or those of the image's colour; NaN where it is blank. */
    private static double[] values(SkyImage image, PictureFile.Stripe stripe, int line) {
        return image.place().isColour() ? colour(image, stripe.colours(line)) : stripe.values(line);
    }

    /** Reads all of a picture, which proves that it can be read, and tells whether any pixel has a value. */
    static boolean haveAny(SkyImage image, PictureFile picture) throws IOException {
        AtomicBoolean any = new AtomicBoolean();
        picture.read((top, stripe) -> {
            for (int line = 0; line < stripe.lines() && !any.get(); line++) {
                double[] values = values(image, stripe, line);
                image.toValues(values, 0, values.length, 0, image.height() - 1 - top - line);
                any.set(DoubleStream.of(values).anyMatch(value -> !Double.isNaN(value)));
            }
        });
        return any.get();
    }

    private static void put(PixelFormat format, byte[] lines, int pixel, double value) {
        if (Double.isNaN(value)) {
            format.putBlank(lines, pixel);
        } else {
            format.type().put(lines, pixel, value);
        }
    }

    /** A colour is blank if all three are: else the three would have different holes. */
    private static double[] colour(SkyImage image, int[] colours) {
        OptionalDouble blank = image.treatment().blank();
        int shift = BITS_OF_COLOUR * (2 - image.place().plane());
        double[] values = new double[colours.length];
        for (int x = 0; x < colours.length; x++) {
            boolean none = colours[x] >>> 24 == 0
                    || (blank.isPresent() && (colours[x] & 0xffffff) == blank.getAsDouble() * 0x010101);
            values[x] = none ? Double.NaN : colours[x] >> shift & 0xff;
        }
        return values;
    }
}
