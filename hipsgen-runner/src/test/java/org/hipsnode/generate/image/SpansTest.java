package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class SpansTest {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 50;
    private static final PixelReader.Rectangle BOUNDS = new PixelReader.Rectangle(7, 3, WIDTH, HEIGHT);

    @Property(tries = 300)
    void placesBetweenAnyFourCornersHaveTheirFourPixels(@ForAll long seed) {
        Random random = new Random(seed);
        double[][] corners = corners(random);
        Spans spans = Spans.between(corners, 1e-6, BOUNDS);
        for (int i = 0; i < 200; i++) {
            double along = i < 4 ? i & 1 : random.nextDouble();
            double up = i < 4 ? i >> 1 : random.nextDouble();
            int x = (int) Math.floor(between(corners, 0, along, up));
            int y = (int) Math.floor(between(corners, 1, along, up));
            for (int pixel = 0; pixel < 4; pixel++) {
                assertHas(spans, x + (pixel & 1), y + (pixel >> 1));
            }
        }
    }

    private static double[][] corners(Random random) {
        double size = Math.pow(10, 4 * random.nextDouble() - 2);
        boolean level = random.nextInt(4) == 0;
        double[][] corners = new double[4][2];
        double y = 40 * random.nextDouble();
        for (double[] corner : corners) {
            corner[0] = 30 + size * random.nextGaussian();
            corner[1] = level ? y : 20 + size * random.nextGaussian();
        }
        return corners;
    }

    private static double between(double[][] corners, int axis, double along, double up) {
        double low = corners[0][axis] + along * (corners[1][axis] - corners[0][axis]);
        double high = corners[2][axis] + along * (corners[3][axis] - corners[2][axis]);
        return low + up * (high - low);
    }

    private static void assertHas(Spans spans, int x, int y) {
        boolean inside = x >= BOUNDS.x() && x < BOUNDS.x() + WIDTH && y >= BOUNDS.y() && y < BOUNDS.y() + HEIGHT;
        if (inside && !(x >= spans.first(y) && x < spans.end(y))) {
            assertThat(x).as("column of row %s", y).isBetween(spans.first(y), spans.end(y) - 1);
        }
    }

    @Property(tries = 50)
    void noSpanReachesBeyondTheRectangle(@ForAll long seed) {
        Spans spans = Spans.between(corners(new Random(seed)), 0.25, BOUNDS);
        for (int y = BOUNDS.y(); y < BOUNDS.y() + HEIGHT; y++) {
            assertThat(spans.first(y)).isBetween(BOUNDS.x(), BOUNDS.x() + WIDTH);
            assertThat(spans.end(y)).isBetween(BOUNDS.x(), BOUNDS.x() + WIDTH);
        }
    }

    @Property(tries = 1)
    void aSquareOnItsCornerNeedsHalfOfItsRectangle() {
        double[][] corners = {{37, 3}, {60, 28}, {14, 28}, {37, 52}};
        Spans spans = Spans.between(corners, 1e-6, new PixelReader.Rectangle(14, 3, 48, 51));
        int wanted = 0;
        for (int y = 3; y < 54; y++) {
            wanted += Math.max(0, spans.end(y) - spans.first(y));
        }
        assertThat(wanted).isBetween(48 * 51 / 2, 48 * 51 * 6 / 10);
    }
}
