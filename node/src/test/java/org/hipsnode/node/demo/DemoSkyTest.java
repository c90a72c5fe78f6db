package org.hipsnode.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.Digests;
import org.hipsnode.progress.Progress;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoSkyTest {
    private static final int ORDER = 9;
    private static final int SMALL_ORDER = 6;
    private static final int BLOCK = 2880;
    private static final HealpixGrid GRID = HealpixGrid.ofOrder(ORDER);

    private final Progress progress = new Progress(System::nanoTime);
    private byte[] file;
    private float[] map;

    @BeforeAll
    void make(@TempDir Path folder) throws IOException {
        Path sky = folder.resolve("sky.fits");
        DemoSky.write(sky, progress);
        file = Files.readAllBytes(sky);
        map = new float[(int) GRID.pixelCount()];
        int blocks = (map.length * 4 + BLOCK - 1) / BLOCK;
        ByteBuffer.wrap(file, file.length - blocks * BLOCK, map.length * 4)
                .slice()
                .asFloatBuffer()
                .get(map);
    }

    /** The bytes that every machine must make; they change only when the sky is meant to look different. */
    @Test
    void theSkyIsTheSameOnEveryMachine() {
        assertThat(Digests.sha256(file)).isEqualTo("8692e713c046867e06fa3e0b624a92d69e029ec62385c5edd1b118431bf7815b");
    }

    @Test
    void theSkyIsTheSameWhateverTheNumberOfThreads() throws Exception {
        byte[] one = madeBy(1);
        assertThat(one).hasSizeGreaterThan(12 << (2 * SMALL_ORDER));
        for (int threads : new int[] {2, 7}) {
            assertThat(madeBy(threads)).as(threads + " threads").isEqualTo(one);
        }
    }

    /** A parallel stream runs in the pool of the task that starts it. */
    private byte[] madeBy(int threads) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> DemoSky.fits(SMALL_ORDER, progress)).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void theFileIsAHealpixMapInWholeBlocks() {
        assertThat(file.length % BLOCK).isZero();
        String header = new String(file, 0, 4 * BLOCK, StandardCharsets.US_ASCII);
        assertThat(header)
                .startsWith("SIMPLE  =                    T")
                .contains("PIXTYPE = 'HEALPIX '")
                .contains("ORDERING= 'NESTED  '")
                .contains("COORDSYS= 'G       '")
                .contains("NSIDE   =                  512")
                .contains("TUNIT1  = 'MJy/sr  '");
    }

    @Test
    void workIsCounted() {
        Progress.Phase phase = progress.phases().get(0);
        assertThat(phase.done()).isEqualTo(12).isEqualTo(phase.total());
        assertThat(phase.bytes()).isEqualTo(4L * map.length);
        assertThat(phase.isEnded()).isTrue();
    }

    @Test
    void everyPixelShines() {
        for (float value : map) {
            assertThat(Float.isFinite(value) && value > 1).isTrue();
        }
    }

    @Test
    void thePlaneIsBrighterThanThePolesAndTheCentreThanTheRest() {
        double plane = mean(p -> Math.abs(p.latDegrees()) < 2);
        double middle = mean(p -> Math.abs(p.latDegrees()) > 20 && Math.abs(p.latDegrees()) < 40);
        double north = mean(p -> p.latDegrees() > 60);
        double south = mean(p -> p.latDegrees() < -60);
        assertThat(plane).isGreaterThan(10 * middle);
        assertThat(middle).isGreaterThan(1.1 * Math.max(north, south));
        double centre = mean(p -> p.angleTo(SkyPoint.ofDegrees(0, 0)) < Math.toRadians(5));
        double opposite = mean(p -> p.angleTo(SkyPoint.ofDegrees(180, 0)) < Math.toRadians(5));
        assertThat(centre).isGreaterThan(3 * opposite).isGreaterThan(plane);
    }

    private double mean(Predicate<SkyPoint> region) {
        return IntStream.range(0, map.length)
                .filter(pixel -> region.test(GRID.centre(pixel)))
                .mapToDouble(pixel -> map[pixel])
                .average()
                .orElseThrow();
    }

    /** Pixels differ from the mean of the four they belong to, and from order to order somewhat more, never much more. */
    @Test
    void thereIsStructureAtEveryScale() {
        double[] values = new double[map.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.log(map[i]);
        }
        double finer = 0.03;
        for (int order = ORDER; order > 2; order--) {
            double[] parents = averaged(values);
            double difference = difference(values, parents);
            assertThat(difference).as("at order " + order).isBetween(finer, 2 * finer);
            finer = difference;
            values = parents;
        }
    }

    private static double[] averaged(double[] values) {
        double[] parents = new double[values.length / 4];
        for (int i = 0; i < values.length; i++) {
            parents[i / 4] += values[i] / 4;
        }
        return parents;
    }

    private static double difference(double[] values, double[] parents) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - parents[i / 4];
            sum += difference * difference;
        }
        return Math.sqrt(sum / values.length);
    }
}
