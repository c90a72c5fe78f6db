package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;

/** FITS images of noise on the sky, for a test to make surveys of: gnomonic, 32-bit floating-point. */
final class MadeImages {
    /** Standard deviation of the noise. */
    static final double SIGMA = 10;

    static final int WIDTH = 100;
    static final int HEIGHT = 128;
    static final double SCALE = 20 / 3600.0;

    private static final double LEVEL = 100;

    private MadeImages() {}

    /** Where an image lies, in degrees: its middle in ICRS, and how far it is turned. */
    record Place(double ra, double dec, double turn) {}

    /** Writes an image. Its matrix is CD, for Hipsgen takes a CDELT of 1 beside PC for the size of a pixel. */
    static Path write(Path file, Place place, long seed) throws IOException {
        double[] values = new Random(seed)
                .doubles(WIDTH * HEIGHT, -1, 1)
                .map(v -> LEVEL + SIGMA * Math.sqrt(3) * v)
                .toArray();
        PixelFormat format = PixelFormat.of(PixelType.FLOAT32);
        byte[] data = new byte[values.length * Float.BYTES];
        format.type().write(data, 0, values);
        double cos = SCALE * Math.cos(Math.toRadians(place.turn));
        double sin = SCALE * Math.sin(Math.toRadians(place.turn));
        Files.createDirectories(file.resolveSibling(".").normalize());
        return Files.write(
                file,
                FitsImage.encode(
                        WIDTH,
                        HEIGHT,
                        format,
                        data,
                        header -> header.add("CTYPE1", "RA---TAN", "")
                                .add("CTYPE2", "DEC--TAN", "")
                                .add("CRVAL1", place.ra, "")
                                .add("CRVAL2", place.dec, "")
                                .add("CRPIX1", (WIDTH + 1) / 2.0, "")
                                .add("CRPIX2", (HEIGHT + 1) / 2.0, "")
                                .add("CD1_1", -cos, "")
                                .add("CD1_2", sin, "")
                                .add("CD2_1", sin, "")
                                .add("CD2_2", cos, "")
                                .add("RADESYS", "ICRS", "")
                                .add("DATE", "2026-03-01T12:00:00", "")));
    }
}
