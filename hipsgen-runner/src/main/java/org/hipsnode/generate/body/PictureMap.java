package org.hipsnode.generate.body;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.survey.SurveyDefinition.BodyMap;

/**
 * Reads a PNG, JPEG or TIFF, unpacked into a plain file in stripes: colours as three numbers from 0 to 255, one number if it is
 * grey. Transparent pixels are blank.
 */
final class PictureMap {
    /** Stands for a transparent pixel of a colour picture. */
    static final short BLANK = -1;

    /** Pixels of a stripe; some readers begin at the start of the file for each. */
    private static final int STRIPE = 1 << 24;

    private final BodyMap map;
    private final String name;

    private PictureMap(BodyMap map) {
        this.map = map;
        this.name = map.map().toString();
    }

    static MapLabel read(BodyMap map) throws IOException {
        return new PictureMap(map).read();
    }

    private MapLabel read() throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(map.map().toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw MalformedDataException.expected(name, "a picture (PNG, JPEG, TIFF)", "something else");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return read(reader);
            } finally {
                reader.dispose();
            }
        } catch (MalformedDataException e) {
            throw e;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | javax.imageio.IIOException e) {
            throw new MalformedDataException(
                    "'" + name + "': expected a picture that can be read, found a damaged or unknown one ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    private MapLabel read(ImageReader reader) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width > Raster.MAX_SIDE || height > Raster.MAX_SIDE) {
            throw MalformedDataException.expected(
                    name, "at most " + Raster.MAX_SIDE + " pixels a side", width + "×" + height);
        }
        Plane plane = new GivenPlane(map).of(width, height);
        Path plain = Files.createTempFile("hipsnode-", ".pixels");
        boolean done = false;
        try {
            SampleType type = unpack(reader, width, height, plain);
            boolean colour = type == SampleType.INT16;
            int bands = colour ? 3 : 1;
            long pixel = (long) bands * type.bytes();
            Raster raster = new Raster(
                    width,
                    height,
                    bands,
                    type,
                    ByteOrder.BIG_ENDIAN,
                    new Raster.Steps(0, width * pixel, pixel, type.bytes()),
                    new Raster.Values(1, 0, blanks(colour)));
            MapLabel label = new MapLabel(
                    raster,
                    plain,
                    () -> Files.deleteIfExists(plain),
                    plane,
                    new MapLabel.Facts(Optional.empty(), "", Optional.empty(), colour, List.of(map.map())));
            done = true;
            return label;
        } finally {
            if (!done) {
                Files.deleteIfExists(plain);
            }
        }
    }

    private Set<Double> blanks(boolean colour) {
        Set<Double> blanks = new HashSet<>();
        if (colour) {
            blanks.add((double) BLANK);
        } else {
            map.blank().ifPresent(blanks::add);
        }
        return blanks;
    }

    /** Returns the type of the numbers written. */
    private static SampleType unpack(ImageReader reader, int width, int height, Path plain) throws IOException {
        int lines = Math.max(1, STRIPE / width);
        SampleType type = SampleType.INT16;
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(plain), 1 << 16))) {
            for (int y = 0; y < height; y += lines) {
                ImageReadParam stripe = reader.getDefaultReadParam();
                stripe.setSourceRegion(new Rectangle(0, y, width, Math.min(lines, height - y)));
                type = write(reader.read(0, stripe), out);
            }
        }
        return type;
    }

    private static SampleType write(BufferedImage stripe, DataOutputStream out) throws IOException {
        if (stripe.getRaster().getNumBands() > 1 || stripe.getColorModel() instanceof java.awt.image.IndexColorModel) {
            writeColours(stripe, out);
            return SampleType.INT16;
        }
        int kind = stripe.getRaster().getDataBuffer().getDataType();
        boolean wide = kind == DataBuffer.TYPE_INT || kind == DataBuffer.TYPE_DOUBLE;
        double[] line = new double[stripe.getWidth()];
        for (int y = 0; y < stripe.getHeight(); y++) {
            stripe.getRaster().getSamples(0, y, line.length, 1, 0, line);
            for (double value : line) {
                if (wide) {
                    out.writeDouble(value);
                } else {
                    out.writeFloat((float) value);
                }
            }
        }
        return wide ? SampleType.FLOAT64 : SampleType.FLOAT32;
    }

    private static void writeColours(BufferedImage stripe, DataOutputStream out) throws IOException {
        int[] line = new int[stripe.getWidth()];
        for (int y = 0; y < stripe.getHeight(); y++) {
            stripe.getRGB(0, y, line.length, 1, line, 0, line.length);
            for (int colour : line) {
                boolean blank = colour >>> 24 == 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    out.writeShort(blank ? BLANK : colour >> shift & 0xff);
                }
            }
        }
    }
}
