package org.hipsnode.generate.write;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.hipsnode.generate.render.Brush;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/** Draws {@code preview.jpg}: the sphere as seen from outside a viewer's first view, north up, east to the left. */
public final class Preview {
    private static final int SIDE = 256;

    /** Smooths the edges of pixels and of the globe: each pixel is the mean of this squared. */
    private static final int SAMPLES = 2;

    private static final double GLOBE_FOV_DEGREES = 180;

    private final AllskyMosaic mosaic;
    private final Frame frame;
    private final Brush brush;

    public Preview(AllskyMosaic mosaic, Frame frame, Brush brush) {
        this.mosaic = mosaic;
        this.frame = frame;
        this.brush = brush;
    }

    /** Returns the file of the picture of a view, in the orthographic projection (SIN of FITS Paper II §5.1.5). */
    public byte[] draw(InitialView view) {
        UnitVector centre = view.centre().vector();
        UnitVector east = east(view.centre());
        UnitVector north = new UnitVector(
                centre.y() * east.z() - centre.z() * east.y(),
                centre.z() * east.x() - centre.x() * east.z(),
                centre.x() * east.y() - centre.y() * east.x());
        double radius = Math.sin(Math.toRadians(Math.min(GLOBE_FOV_DEGREES, view.fovDegrees()) / 2));
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        int[] pixels = new int[SIDE * SIDE];
        IntStream.range(0, SIDE).parallel().forEach(line -> {
            for (int column = 0; column < SIDE; column++) {
                pixels[line * SIDE + column] = pixel(column, line, radius, centre, east, north);
            }
        });
        image.setRGB(0, 0, SIDE, SIDE, pixels, 0, SIDE);
        return JpegEncoder.encode(image);
    }

    private static UnitVector east(SkyPoint point) {
        return new UnitVector(-Math.sin(point.lonRadians()), Math.cos(point.lonRadians()), 0);
    }

    private int pixel(int column, int line, double radius, UnitVector centre, UnitVector east, UnitVector north) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            double right = place(column, i % SAMPLES) * radius;
            double up = -place(line, i / SAMPLES) * radius;
            int colour = colour(-right, up, centre, east, north);
            red += colour >> 16;
            green += colour >> 8 & 0xff;
            blue += colour & 0xff;
        }
        int n = SAMPLES * SAMPLES;
        return (red / n) << 16 | (green / n) << 8 | blue / n;
    }

    /** Returns where a sample of a pixel lies, −1 to 1. */
    private static double place(int pixel, int sample) {
        return 2 * (pixel + (sample + 0.5) / SAMPLES) / SIDE - 1;
    }

    private int colour(double e, double n, UnitVector centre, UnitVector east, UnitVector north) {
        double squared = e * e + n * n;
        if (squared > 1) {
            return 0;
        }
        double depth = Math.sqrt(1 - squared);
        UnitVector icrs = UnitVector.towards(
                depth * centre.x() + e * east.x() + n * north.x(),
                depth * centre.y() + e * east.y() + n * north.y(),
                depth * centre.z() + e * east.z() + n * north.z());
        int offset = mosaic.offsetAt(frame.fromIcrs(icrs).point());
        int pixels = mosaic.layout().width() * mosaic.layout().height();
        return offset < 0 ? 0 : brush.colour(mosaic.data(), offset, pixels);
    }
}
