package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.generate.TestImage;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.Images.Coadd;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images, good ones and bad ones, and the tiles that they fill. */
class ImageCollectionTest {
    private static final double SCALE = 20 / 3600.0;

    @TempDir
    private Path folder;

    private final OpenedImages opened = new OpenedImages();

    /** What was unpacked goes. */
    @AfterEach
    void closeImages() throws IOException {
        opened.close();
    }

    private ImageCollection open(Coadd coadd) throws IOException {
        return open(
                new Images(List.of(folder), Optional.empty(), OptionalInt.empty(), coadd, OptionalDouble.empty()), 2);
    }

    private ImageCollection open(Images images, int workers) throws IOException {
        return opened.open(images, workers);
    }

    private static TestImage flat(double ra, double dec, double value) {
        return TestImage.around(ra, dec, SCALE, 60, (x, y) -> value);
    }

    private static double valueAt(ImageCollection images, double ra, double dec) throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(images.source().pixelOrder());
        return images.source().value(grid.nestedAt(SkyPoint.ofDegrees(ra, dec)));
    }

    @Test
    void badFilesAreLeftOutWithTheirReasonsAndDoNotStopTheRest() throws IOException {
        flat(10, 20, 1).write(folder.resolve("good/deep/inside/a.fits"));
        flat(10, 20, 1).without("CTYPE1").without("CTYPE2").write(folder.resolve("no-wcs.fits"));
        flat(10, 20, 1).card("CTYPE1", "RA---XYZ").card("CTYPE2", "DEC--XYZ").write(folder.resolve("unknown.fits"));
        flat(10, 20, 1).card("CDELT2", 0.0).write(folder.resolve("singular.fits"));
        flat(10, 20, Double.NaN).write(folder.resolve("blank.fits"));
        Files.write(folder.resolve("cut.fits"), Arrays.copyOf(flat(10, 20, 1).bytes(), 2880 + 5000));
        Files.writeString(folder.resolve("text.fits"), "not at all");
        Files.writeString(folder.resolve("picture.png"), "not at all");
        Files.writeString(folder.resolve("notes.txt"), "passed over");
        Files.write(folder.resolve("huge.fits"), lying(flat(10, 20, 1).bytes(), "NAXIS1  =", "900000"));
        Files.write(folder.resolve("line.fits"), lying(flat(10, 20, 1).bytes(), "NAXIS   =", "1"));
        ImageCollection images = open(Coadd.MEAN);
        assertThat(images.count()).isEqualTo(1);
        assertThat(images.rejections().stream().map(r -> r.file().getFileName() + ": " + r.reason()))
                .hasSize(9)
                .anyMatch(r -> r.matches("no-wcs.fits: .*CTYPE.*"))
                .anyMatch(r -> r.matches("unknown.fits: .*XYZ.*"))
                .anyMatch(r -> r.matches("singular.fits: .*"))
                .anyMatch(r -> r.matches("blank.fits: .*blank ones only"))
                .anyMatch(r -> r.matches("cut.fits: .*truncated.*"))
                .anyMatch(r -> r.matches("text.fits: .*SIMPLE.*"))
                .anyMatch(r -> r.matches("picture.png: .*picture.*"))
                .anyMatch(r -> r.matches("huge.fits: .*wrong size"))
                .anyMatch(r -> r.matches("line.fits: .*NAXIS of 2 or more"));
    }

    /** Puts another number in the place of one in a header. */
    private static byte[] lying(byte[] file, String card, String number) {
        byte[] start = card.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < 2880; at += 80) {
            if (Arrays.equals(file, at, at + start.length, start, 0, start.length)) {
                byte[] value = String.format("%21s", number).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(value, 0, file, at + start.length, value.length);
            }
        }
        return file;
    }

    @Test
    void aFolderWithoutAnyImageSaysWhatWasLeftOut() throws IOException {
        flat(10, 20, Double.NaN).write(folder.resolve("blank.fits"));
        assertThatThrownBy(() -> open(Coadd.MEAN))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("blank ones only");
    }

    @Test
    void overlappingImagesArePutTogetherAsAskedWhateverTheirPacking() throws IOException {
        flat(10, 20, 1).write(folder.resolve("a.fits"));
        Path packed = folder.resolve("b.fits.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(flat(10.02, 20, 2).bytes());
        }
        try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(folder.resolve("c.bz2")))) {
            out.write(flat(9.98, 20, 6).bytes());
        }
        assertThat(valueAt(open(Coadd.MEAN), 10, 20)).isEqualTo(3);
        assertThat(valueAt(open(Coadd.MEDIAN), 10, 20)).isEqualTo(2);
        assertThat(valueAt(open(Coadd.SUM), 10, 20)).isEqualTo(9);
        assertThat(valueAt(open(Coadd.FIRST), 10, 20)).isEqualTo(1);
        assertThat(valueAt(open(Coadd.LAST), 10, 20)).isEqualTo(6);
        assertThat(valueAt(open(Coadd.FADING), 10, 20)).isBetween(1.0, 6.0);
        assertThat(valueAt(open(Coadd.MEAN), 12, 20)).isNaN();
    }

    @Test
    void aDamagedPackedFileIsLeftOut() throws IOException {
        flat(10, 20, 1).write(folder.resolve("a.fits"));
        Path packed = folder.resolve("b.fits.bz2");
        try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(packed))) {
            out.write(flat(10.02, 20, 2).bytes());
        }
        byte[] whole = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(whole, whole.length / 2));
        assertThat(open(Coadd.MEAN).rejections())
                .singleElement()
                .matches(r -> r.reason().contains("damaged or truncated"));
    }

    /** As the standard counts it: the flux is the sum of the values, the place their mean. */
    @Test
    void aSourceKeepsItsPlaceAndItsFlux() throws IOException {
        double sigma = 3;
        TestImage.around(83.6, 22.0, SCALE, 81, (x, y) -> {
                    double dx = (x - 40.3) / sigma;
                    double dy = (y - 39.6) / sigma;
                    return 1000 * Math.exp(-(dx * dx + dy * dy) / 2);
                })
                .write(folder.resolve("a.fits"));
        ImageSource source = open(Coadd.MEAN).source();
        HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
        double sum = 0;
        double[] middle = new double[3];
        for (TileAddress tile : tiles(source, 9)) {
            byte[] data = new byte[512 * 512 * Float.BYTES];
            if (!source.read(tile, 512, data)) {
                continue;
            }
            for (int i = 0; i < 512 * 512; i++) {
                double value = source.format().physical(data, i);
                if (!Double.isNaN(value)) {
                    UnitVector at = grid.centre(tile.index() * 512 * 512 + PixelOrder.nestedAt(512, i))
                            .vector();
                    sum += value;
                    middle[0] += value * at.x();
                    middle[1] += value * at.y();
                    middle[2] += value * at.z();
                }
            }
        }
        double pixelsInOne = Math.pow(Math.toRadians(SCALE) / grid.pixelSizeRadians(), 2);
        double flux = 1000 * 2 * Math.PI * sigma * sigma;
        // the plane of the image is stretched a little against the sphere
        assertThat(sum / pixelsInOne).isCloseTo(flux, within(0.001 * flux));
        double dec = 22.0 + (39.6 - 40) * SCALE;
        double ra = 83.6 - (40.3 - 40) * SCALE / Math.cos(Math.toRadians(dec));
        double off = UnitVector.towards(middle[0], middle[1], middle[2])
                .angleTo(SkyPoint.ofDegrees(ra, dec).vector());
        assertThat(off / grid.pixelSizeRadians()).isLessThan(0.05);
    }

    static List<TileAddress> tiles(ImageSource source, int log2Width) {
        List<TileAddress> tiles = new ArrayList<>();
        source.reach()
                .forEachTouchedCell(
                        source.pixelOrder() - log2Width, (order, index) -> tiles.add(new TileAddress(order, index)));
        return tiles;
    }

    /** At the poles, across the end of right ascension, and where base cells of HEALPix meet. */
    @Test
    void everyPixelOfAnImageIsFoundWhereverItLies() throws IOException {
        double[][] places = {{0, 90}, {123, -90}, {0, 0}, {359.99, 41.81}, {45, 41.81}, {90, 0}, {222, -89.9}};
        for (double[] place : places) {
            Path file = flat(place[0], place[1], 5).write(folder.resolve("a.fits"));
            ImageCollection images = open(Images.of(List.of(file)), 1);
            ImageSource source = images.source();
            long found = 0;
            byte[] data = new byte[512 * 512 * Float.BYTES];
            for (TileAddress tile : tiles(source, 9)) {
                boolean any = source.read(tile, 512, data);
                assertThat(source.hasData(tile)).isEqualTo(any);
                for (int i = 0; any && i < 512 * 512; i++) {
                    found += source.format().isBlank(data, i) ? 0 : 1;
                }
            }
            double expected = 3600
                    * Math.pow(
                            Math.toRadians(SCALE)
                                    / HealpixGrid.ofOrder(source.pixelOrder()).pixelSizeRadians(),
                            2);
            assertThat((double) found)
                    .as("pixels around %s %s", place[0], place[1])
                    .isCloseTo(expected, within(0.02 * expected));
        }
    }

    /** Lines up to 110° and columns up to 220°: what is beyond is no place of the sky. A reference point beyond is a reason. */
    @Test
    void ofWhatReachesPastThePolesThatIsTakenWhichIsOnTheSky() throws IOException {
        TestImage.around(0, 0, 2.2, 200, 100, (x, y) -> 2.2 * (y - 49.5))
                .card("CTYPE1", "RA---CAR")
                .card("CTYPE2", "DEC--CAR")
                .write(folder.resolve("wide.fits"));
        flat(10, 95, 1).write(folder.resolve("beyond.fits"));
        ImageCollection images = open(Coadd.MEAN);
        assertThat(images.rejections())
                .singleElement()
                .matches(r -> r.file().endsWith("beyond.fits") && r.reason().contains("CRVAL2 of −90° to 90°"));
        ImageSource source = images.source();
        HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
        for (long pixel = 0; pixel < grid.pixelCount(); pixel += 7) {
            double dec = grid.centre(pixel).latDegrees();
            assertThat(source.value(pixel)).as("declination %s", dec).isCloseTo(dec, within(0.01));
        }
    }

    @Test
    void nothingDependsOnTheNumberOfWorkers() throws IOException {
        for (int i = 0; i < 20; i++) {
            double value = 1 / (i + 3.0);
            flat(10 + 0.01 * i, 20, value).write(folder.resolve(i % 3 + "/" + i + ".fits"));
        }
        assertThat(content(8)).isEqualTo(content(1));
    }

    private List<Integer> content(int workers) throws IOException {
        ImageSource source = open(Images.of(List.of(folder)), workers).source();
        PixelFormat format = source.format();
        List<Integer> content = new ArrayList<>();
        for (TileAddress tile : tiles(source, 9)) {
            byte[] data = new byte[512 * 512 * format.type().bytes()];
            source.read(tile, 512, data);
            content.add(Arrays.hashCode(data));
        }
        return content;
    }
}
