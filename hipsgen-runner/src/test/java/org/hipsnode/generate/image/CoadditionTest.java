package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hipsnode.SharedData;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.TestImage;
import org.hipsnode.generate.source.Warnings;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.progress.Progress;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.Images.Adjustment;
import org.hipsnode.survey.SurveyDefinition.Images.Background;
import org.hipsnode.survey.SurveyDefinition.Images.Coadd;
import org.hipsnode.survey.SurveyDefinition.Images.Weights;
import org.hipsnode.survey.SurveyDefinition.Resampling;
import org.hipsnode.survey.SurveyDefinition.Resampling.Method;
import org.hipsnode.survey.SurveyDefinition.Tiles;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Areas, weights, cuts, scales and levels of images whose sky is known. */
class CoadditionTest {
    private static final double SCALE = 20 / 3600.0;
    private static final Weights EQUAL = Weights.EQUAL;

    @TempDir
    private Path folder;

    private final Warnings warnings = new Warnings();

    private static Optional<String> some(String text) {
        return Optional.of(text);
    }

    private static Adjustment adjusted(Optional<String> border, Optional<String> saturated, Optional<String> scale) {
        return new Adjustment(border, saturated, scale, Background.NONE);
    }

    private static Adjustment levelled(Background background) {
        return new Adjustment(Optional.empty(), Optional.empty(), Optional.empty(), background);
    }

    private ImageCollection open(Coadd coadd, Weights weights, Adjustment adjustment, Method method)
            throws IOException {
        return open(folder, OptionalDouble.empty(), coadd, weights, adjustment, method);
    }

    private ImageCollection open(
            Path place, OptionalDouble blank, Coadd coadd, Weights weights, Adjustment adjustment, Method method)
            throws IOException {
        Images images =
                new Images(List.of(place), Optional.empty(), OptionalInt.empty(), coadd, blank, weights, adjustment);
        Tiles tiles = new Tiles(
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                new Resampling(Optional.empty(), Optional.of(method)),
                Optional.empty(),
                Optional.empty());
        return ImageCollection.open(images, tiles, warnings, 2, new Progress(new AtomicLong()::incrementAndGet));
    }

    private static TestImage flat(double ra, double dec, double value) {
        return TestImage.around(ra, dec, SCALE, 60, (x, y) -> value);
    }

    private static double valueAt(ImageCollection images, double ra, double dec) throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(images.source().pixelOrder());
        return images.source().value(grid.nestedAt(SkyPoint.ofDegrees(ra, dec)));
    }

    /** The sum of all pixels, and their mean place. */
    private record Moments(double sum, UnitVector place) {
        static Moments of(ImageSource source) throws IOException {
            HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
            double[] sums = new double[4];
            byte[] data = new byte[512 * 512 * source.format().type().bytes()];
            for (TileAddress tile : ImageCollectionTest.tiles(source, 9)) {
                boolean any = source.read(tile, 512, data);
                assertThat(source.hasData(tile)).isEqualTo(any);
                for (int i = 0; any && i < 512 * 512; i++) {
                    long nested = tile.index() * 512 * 512 + PixelOrder.nestedAt(512, i);
                    add(source.format().physical(data, i), grid, nested, sums);
                }
            }
            return new Moments(sums[0], UnitVector.towards(sums[1], sums[2], sums[3]));
        }

        private static void add(double value, HealpixGrid grid, long nested, double[] sums) {
            if (!Double.isNaN(value)) {
                UnitVector at = grid.centre(nested).vector();
                sums[0] += value;
                sums[1] += value * at.x();
                sums[2] += value * at.y();
                sums[3] += value * at.z();
            }
        }
    }

    /** Stars as narrow as a pixel, where places between pixels lose or gain: at the equator, at a corner of HEALPix, at a pole. */
    @Test
    void areasKeepTheFluxAndThePlaceOfASource() throws IOException {
        double sigma = 0.5;
        for (double[] sky : new double[][] {{83.6, 2}, {0.05, 41.8}, {200, 89.99}}) {
            TestImage.around(sky[0], sky[1], SCALE, 41, (x, y) -> {
                        double dx = (x - 20.3) / sigma;
                        double dy = (y - 19.6) / sigma;
                        return 1000 * Math.exp(-(dx * dx + dy * dy) / 2);
                    })
                    .write(folder.resolve("a.fits"));
            double counts = 0;
            double meanX = 0;
            double meanY = 0;
            for (int y = 0; y < 41; y++) {
                for (int x = 0; x < 41; x++) {
                    double dx = (x - 20.3) / sigma;
                    double dy = (y - 19.6) / sigma;
                    double value = 1000 * Math.exp(-(dx * dx + dy * dy) / 2);
                    counts += value;
                    meanX += value * (x - 20);
                    meanY += value * (y - 20);
                }
            }
            ImageSource means =
                    open(Coadd.MEAN, EQUAL, Adjustment.NONE, Method.AREA).source();
            double side = HealpixGrid.ofOrder(means.pixelOrder()).pixelSizeRadians();
            double pixelsInOne = Math.pow(Math.toRadians(SCALE) / side, 2);
            Moments brightness = Moments.of(means);
            assertThat(brightness.sum / pixelsInOne)
                    .as("around %s %s", sky[0], sky[1])
                    .isCloseTo(counts, within(0.001 * counts));
            Moments shares = Moments.of(
                    open(Coadd.SUM, EQUAL, Adjustment.NONE, Method.AREA).source());
            assertThat(shares.sum).isCloseTo(counts, within(1e-4 * counts));
            UnitVector place = direction(sky[0], sky[1], -meanX / counts * SCALE, meanY / counts * SCALE);
            assertThat(brightness.place.angleTo(place) / side).isLessThan(0.05);
            assertThat(shares.place.angleTo(place) / side).isLessThan(0.05);
        }
    }

    /** The inverse of the gnomonic projection: offsets to the east and north of a point, in degrees. */
    private static UnitVector direction(double ra, double dec, double east, double north) {
        double a = Math.toRadians(ra);
        double d = Math.toRadians(dec);
        double e = Math.toRadians(east);
        double n = Math.toRadians(north);
        return UnitVector.towards(
                Math.cos(d) * Math.cos(a) - e * Math.sin(a) - n * Math.sin(d) * Math.cos(a),
                Math.cos(d) * Math.sin(a) + e * Math.cos(a) - n * Math.sin(d) * Math.sin(a),
                Math.sin(d) + n * Math.cos(d));
    }

    /** A map of the whole sky comes back to its beginning, and has corners outside of the sky. */
    @Test
    void areasCoverMapsOfTheWholeSkyWithoutAGap() throws IOException {
        for (String projection : List.of("CAR", "AIT")) {
            TestImage.around(0, 0, 4, 91, (x, y) -> 7)
                    .card("CTYPE1", "RA---" + projection)
                    .card("CTYPE2", "DEC--" + projection)
                    .write(folder.resolve("a.fits"));
            ImageSource source =
                    open(Coadd.MEAN, EQUAL, Adjustment.NONE, Method.AREA).source();
            HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
            for (long nested = 0; nested < 12L << (2 * source.pixelOrder()); nested++) {
                assertThat(source.value(nested))
                        .as("%s %s", projection, grid.centre(nested))
                        .isEqualTo(7);
            }
        }
    }

    @Test
    void weightsOfFilesBesideImagesCount() throws IOException {
        flat(10, 20, 1).write(folder.resolve("a.fits"));
        flat(10, 20, 3).write(folder.resolve("a.weight.fits"));
        flat(10, 20, 5).write(folder.resolve("b.fits"));
        flat(10, 20, 1).write(folder.resolve("b.weight.fits"));
        Weights weights = new Weights(some(".weight.fits"), Optional.empty(), Optional.empty());
        Weights errors = new Weights(Optional.empty(), some(".weight.fits"), Optional.empty());
        for (Method method : Method.values()) {
            ImageCollection images = open(Coadd.MEAN, weights, Adjustment.NONE, method);
            assertThat(images.count()).isEqualTo(2);
            assertThat(images.files()).hasSize(4);
            assertThat(valueAt(images, 10, 20)).isEqualTo(2);
            assertThat(valueAt(open(Coadd.MEAN, errors, Adjustment.NONE, method), 10, 20))
                    .isCloseTo((1 / 9.0 + 5) / (1 / 9.0 + 1), within(1e-6));
        }
        assertThat(valueAt(open(Coadd.FADING, weights, Adjustment.NONE, Method.BILINEAR), 10, 20))
                .isEqualTo(2);
        Files.delete(folder.resolve("b.weight.fits"));
        ImageCollection one = open(Coadd.MEAN, weights, Adjustment.NONE, Method.BILINEAR);
        assertThat(one.count()).isEqualTo(1);
        assertThat(one.rejections()).singleElement().matches(r -> r.reason().contains("no such file"));
    }

    @Test
    void weightsOfExtensionsCountAndWhereTheyAreZeroNothingIsSeen() throws IOException {
        Files.write(
                folder.resolve("a.fits"),
                joined(
                        flat(10, 20, 1).card("EXPTIME", 30.0).bytes(),
                        extension(TestImage.around(10, 20, SCALE, 60, (x, y) -> x < 30 ? 2 : 0)
                                .card("EXTNAME", "WHT"))));
        Files.write(
                folder.resolve("b.fits"),
                joined(
                        flat(10, 20, 7).card("EXPTIME", 10.0).bytes(),
                        extension(flat(10, 20, 6).card("EXTNAME", "WHT"))));
        Weights map = new Weights(some("WHT"), Optional.empty(), Optional.empty());
        ImageCollection images = open(Coadd.MEAN, map, Adjustment.NONE, Method.BILINEAR);
        assertThat(warnings.all()).noneMatch(text -> text.contains("have more"));
        assertThat(valueAt(images, 10.06, 20)).isEqualTo((2 * 1 + 6 * 7) / 8.0);
        assertThat(valueAt(images, 9.94, 20)).isEqualTo(7);
        Weights both = new Weights(some("wht"), Optional.empty(), some("exptime"));
        assertThat(valueAt(open(Coadd.MEAN, both, Adjustment.NONE, Method.AREA), 10.06, 20))
                .isEqualTo((60 * 1 + 60 * 7) / 120.0);
        Weights missing = new Weights(Optional.empty(), Optional.empty(), some("NOTHING"));
        assertThatThrownBy(() -> open(Coadd.MEAN, missing, Adjustment.NONE, Method.BILINEAR))
                .hasMessageContaining("a number in NOTHING");
        assertThatThrownBy(() -> open(Coadd.MEDIAN, map, Adjustment.NONE, Method.BILINEAR))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mean or fading");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] extension(TestImage image) {
        byte[] bytes = image.bytes();
        byte[] card = String.format("%-80s", "XTENSION= 'IMAGE   '").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(card, 0, bytes, 0, card.length);
        return bytes;
    }

    @Test
    void bordersAreCutSaturatedPixelsMaskedAndValuesScaled() throws IOException {
        TestImage.around(10, 20, SCALE, 61, (x, y) -> x == 30 && y == 30 ? 900 : 10)
                .card("EXPTIME", 4.0)
                .card("SATURATE", 800.0)
                .write(folder.resolve("a.fits"));
        Adjustment all = adjusted(some("5"), some("SATURATE"), some("1/EXPTIME"));
        ImageCollection images = open(Coadd.MEAN, EQUAL, all, Method.NEAREST);
        assertThat(valueAt(images, 10, 20)).isNaN();
        assertThat(valueAt(images, 10, 20 + 24 * SCALE)).isEqualTo(2.5);
        assertThat(valueAt(images, 10, 20 + 27 * SCALE)).isNaN();
        Adjustment ellipse = adjusted(some("ellipse 31 31 20 10 90"), some("1e3"), some("EXPTIME"));
        ImageCollection inside = open(Coadd.MEAN, EQUAL, ellipse, Method.NEAREST);
        assertThat(valueAt(inside, 10, 20)).isEqualTo(3600);
        assertThat(valueAt(inside, 10, 20 + 18 * SCALE)).isEqualTo(40);
        assertThat(valueAt(inside, 10 + 12 * SCALE / Math.cos(Math.toRadians(20)), 20))
                .isNaN();
        assertThatThrownBy(() ->
                        open(Coadd.MEAN, EQUAL, adjusted(Optional.empty(), some("NONE"), some("EXPTIME")), Method.AREA))
                .hasMessageContaining("a number in NONE");
    }

    @Test
    void differentUnitsAreNamed() throws IOException {
        flat(10, 20, 1).card("BUNIT", "Jy").write(folder.resolve("a.fits"));
        flat(10, 20, 1).card("BUNIT", "MJy/sr").write(folder.resolve("b.fits"));
        flat(10, 20, 1).card("BUNIT", "MJy/sr").write(folder.resolve("c.fits"));
        open(Coadd.MEAN, EQUAL, Adjustment.NONE, Method.BILINEAR);
        assertThat(warnings.all())
                .anyMatch(text ->
                        text.matches("(?s).*different units: 'Jy' \\(1: .*a\\.fits.*'MJy/sr' \\(2, .*b\\.fits.*"));
    }

    @Test
    void levelsAreTakenAway() throws IOException {
        double[] levels = {5, -1, 2};
        for (int i = 0; i < levels.length; i++) {
            double level = levels[i];
            int number = i;
            TestImage.around(10 + 0.2 * i, 20, SCALE, 60, (x, y) -> level + sky(10 + 0.2 * number, x, y))
                    .write(folder.resolve(i + ".fits"));
        }
        flat(50, -20, 9).write(folder.resolve("alone.fits"));
        ImageCollection fitted = open(Coadd.MEAN, EQUAL, levelled(Background.OVERLAPS), Method.BILINEAR);
        double[] found = fitted.levels();
        assertThat(found[0] - found[1]).isCloseTo(6, within(0.02));
        assertThat(found[1] - found[2]).isCloseTo(-3, within(0.02));
        assertThat(found[0] + found[1] + found[2]).isCloseTo(0, within(1e-9));
        assertThat(found[3]).isZero();
        assertThat(open(Coadd.MEAN, EQUAL, levelled(Background.CONSTANT), Method.BILINEAR)
                        .levels()[3])
                .isEqualTo(9);
        assertThat(valueAt(fitted, 50, -20)).isEqualTo(9);
    }

    /** A slope of the sky along right ascension, and a star in each image. */
    private static double sky(double ra, int x, int y) {
        double here = ra - (x - 29.5) * SCALE / Math.cos(Math.toRadians(20));
        return 3 * (here - 10) + (x == 20 && y == 20 ? 500 : 0);
    }

    /** Images with different levels, 0 where they end: the steps where they meet, as part of the steps before. */
    @Test
    void theImagesOfTheLargeMagellanicCloudMeetWithoutSteps() throws IOException {
        Path lmc = SharedData.require("wcs").resolve("lmc");
        double before = largestStep(lmc, Background.NONE);
        double after = largestStep(lmc, Background.OVERLAPS);
        assertThat(before).isPositive();
        assertThat(after).as("steps of %s before", before).isLessThan(0.5 * before);
    }

    /** In an overlap the first image and the last differ by the step that would be seen there. */
    private double largestStep(Path place, Background background) throws IOException {
        ImageSource first = open(place, OptionalDouble.of(0), Coadd.FIRST, EQUAL, levelled(background), Method.NEAREST)
                .source();
        ImageSource last = open(place, OptionalDouble.of(0), Coadd.LAST, EQUAL, levelled(background), Method.NEAREST)
                .source();
        List<Double> steps = new ArrayList<>();
        for (TileAddress tile : ImageCollectionTest.tiles(first, 9)) {
            byte[] low = new byte[512 * 512 * first.format().type().bytes()];
            byte[] high = low.clone();
            first.read(tile, 512, low);
            last.read(tile, 512, high);
            double[] differences = IntStream.range(0, 512 * 512)
                    .mapToDouble(i ->
                            last.format().physical(high, i) - first.format().physical(low, i))
                    .filter(difference -> Double.isFinite(difference) && difference != 0)
                    .sorted()
                    .toArray();
            if (differences.length > 10000) {
                steps.add(Math.abs(differences[differences.length / 2]));
            }
        }
        assertThat(steps).isNotEmpty();
        return Collections.max(steps);
    }
}
