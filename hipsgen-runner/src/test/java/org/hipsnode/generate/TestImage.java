package org.hipsnode.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;

/** Writes FITS images that lie on the sky, for tests: gnomonic, north up, east to the left. */
public final class TestImage {
    private final int width;
    private final int height;
    private final Map<String, Object> cards = new LinkedHashMap<>();
    private final double[] values;

    /** The value of a pixel, both counted from 0. */
    @FunctionalInterface
    public interface Values {
        double at(int x, int y);
    }

    private TestImage(int width, int height, Values values) {
        this.width = width;
        this.height = height;
        this.values = new double[width * height];
        for (int i = 0; i < this.values.length; i++) {
            this.values[i] = values.at(i % width, i / width);
        }
    }

    /** Starts an image around a point of ICRS, in degrees. */
    public static TestImage around(double ra, double dec, double scaleDegrees, int side, Values values) {
        return around(ra, dec, scaleDegrees, side, side, values);
    }

    /** Starts an image that is no square. */
    public static TestImage around(double ra, double dec, double scaleDegrees, int width, int height, Values values) {
        return new TestImage(width, height, values)
                .card("CTYPE1", "RA---TAN")
                .card("CTYPE2", "DEC--TAN")
                .card("CRVAL1", ra)
                .card("CRVAL2", dec)
                .card("CRPIX1", (width + 1) / 2.0)
                .card("CRPIX2", (height + 1) / 2.0)
                .card("CDELT1", -scaleDegrees)
                .card("CDELT2", scaleDegrees)
                .card("RADESYS", "ICRS");
    }

    public TestImage card(String key, Object value) {
        cards.put(key, value);
        return this;
    }

    public TestImage without(String key) {
        cards.remove(key);
        return this;
    }

    /** Returns the bytes of the file, 32-bit floating-point. */
    public byte[] bytes() {
        PixelFormat format = PixelFormat.of(PixelType.FLOAT32);
        byte[] data = new byte[width * height * Float.BYTES];
        format.type().write(data, 0, values);
        return FitsImage.encode(
                width,
                height,
                format,
                data,
                header -> cards.forEach((key, value) -> {
                    if (value instanceof String text) {
                        header.add(key, text, "");
                    } else {
                        header.add(key, ((Number) value).doubleValue(), "");
                    }
                }));
    }

    public Path write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, bytes());
    }
}
