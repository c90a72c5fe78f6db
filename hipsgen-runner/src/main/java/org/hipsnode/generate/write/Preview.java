package org.hipsnode.generate.write;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.stream.IntStream;
import org.hipsnode.generate.render.Brush;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;

/** Draws {@code preview.jpg}: the sphere as seen from outside a viewer's first view, north up, east to the left. */
final class Preview {
    private static final int SIDE = 256;

    /** Smooths the edges of pixels and of the globe: each pixel is the mean of this squared. */
    private static final int SAMPLES = 2;

    private static final double GLOBE_FOV_DEGREES = 180;

    private final ShownSky sky;
    private final Frame frame;
    private final Brush brush;

    Preview(ShownSky sky, Frame frame, Brush brush) {
        this.sky = sky;
        this.frame = frame;
        this.brush = brush;
    }

    /** Returns the file of the picture of a view, in the orthographic projection (SIN of FITS Paper II §5.1.5). */
    byte[] draw(InitialView view) {
        Globe globe = Globe.of(view).in(frame);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        IntStream.range(0, SIDE * SIDE)
                .parallel()
                .forEach(i -> JpegEncoder.putColour(pixels, i, pixel(i % SIDE, i / SIDE, globe)));
        return JpegEncoder.encode(image);
    }

    /**
     * The sphere as it is turned: directions in a frame.
     *
     * @param radius of the picture, the sphere's being 1
     */
    private record Globe(UnitVector centre, UnitVector east, UnitVector north, double radius) {
        static Globe of(InitialView view) {
            UnitVector centre = view.centre().vector();
            UnitVector east = eastOf(view.centre());
            UnitVector north = new UnitVector(
                    centre.y() * east.z() - centre.z() * east.y(),
                    centre.z() * east.x() - centre.x() * east.z(),
                    centre.x() * east.y() - centre.y() * east.x());
            double radius = Math.sin(Math.toRadians(Math.min(GLOBE_FOV_DEGREES, view.fovDegrees()) / 2));
            return new Globe(centre, east, north, radius);
        }

        /** Turns it once, so that no sample need be. */
        Globe in(Frame frame) {
            return new Globe(frame.fromIcrs(centre), frame.fromIcrs(east), frame.fromIcrs(north), radius);
        }

        private static UnitVector eastOf(SkyPoint point) {
            return new UnitVector(-Math.sin(point.lonRadians()), Math.cos(point.lonRadians()), 0);
        }

        /** Returns the direction that is seen at a place of the unit disk, east and north of the centre. */
        UnitVector at(double e, double n) {
            double depth = Math.sqrt(1 - (e * e + n * n));
            return new UnitVector(
                    depth * centre.x() + e * east.x() + n * north.x(),
                    depth * centre.y() + e * east.y() + n * north.y(),
                    depth * centre.z() + e * east.z() + n * north.z());
        }
    }

    private int pixel(int column, int line, Globe globe) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            double right = place(column, i % SAMPLES) * globe.radius;
            double up = -place(line, i / SAMPLES) * globe.radius;
            int colour = colour(-right, up, globe);
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

    private int colour(double e, double n, Globe globe) {
        if (e * e + n * n > 1) {
            return 0;
        }
        return sky.colour(globe.at(e, n), brush);
    }
}
