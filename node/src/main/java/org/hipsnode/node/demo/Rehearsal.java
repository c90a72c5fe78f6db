package org.hipsnode.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.progress.Progress;

/** Small maps and images to warm up by. */
public final class Rehearsal {
    private static final String NESTED = "'NESTED  '";
    private static final String RING = "'RING    '";

    private static final int SIDE = 512;
    private static final double ARCSEC = 1 / 3600.0;

    private Rehearsal() {}

    /** Writes a map of pixels of an order in NESTED. */
    public static Path nested(Path folder, int order) throws IOException {
        return write(folder.resolve("nested.fits"), sky(order));
    }

    /** Writes a map of pixels of an order in RING; its sky is a jumble, which is as good. */
    public static Path ring(Path folder, int order) throws IOException {
        String text = new String(sky(order), StandardCharsets.ISO_8859_1);
        return write(
                folder.resolve("ring.fits"), text.replaceFirst(NESTED, RING).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] sky(int order) throws IOException {
        return DemoSky.fits(order, new Progress(System::nanoTime));
    }

    private static Path write(Path map, byte[] content) throws IOException {
        AtomicFiles.write(map, content);
        return map;
    }

    /** Writes images that overlap by a fifth, a jumble too, into a folder of their own, which is returned. */
    public static Path images(Path folder, int count) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        int columns = (int) Math.ceil(Math.sqrt(count));
        for (int i = 0; i < count; i++) {
            AtomicFiles.write(images.resolve(i + ".fits"), image(i % columns, i / columns));
        }
        return images;
    }

    private static byte[] image(int column, int row) {
        PixelFormat format = PixelFormat.of(PixelType.FLOAT32);
        double[] values = new double[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = Noise.uniform(i);
        }
        byte[] data = new byte[values.length * Float.BYTES];
        format.type().write(data, 0, values);
        return FitsImage.encode(
                SIDE,
                SIDE,
                format,
                data,
                header -> header.add("CTYPE1", "RA---TAN", "")
                        .add("CTYPE2", "DEC--TAN", "")
                        .add("CRVAL1", 10 + 0.8 * column * SIDE * ARCSEC, "")
                        .add("CRVAL2", 0.8 * row * SIDE * ARCSEC, "")
                        .add("CRPIX1", SIDE / 2.0, "")
                        .add("CRPIX2", SIDE / 2.0, "")
                        .add("CDELT1", -ARCSEC, "")
                        .add("CDELT2", ARCSEC, ""));
    }
}
