package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.TestImage;
import org.hipsnode.generate.TestPicture;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.SkyPoint;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.hipsnode.survey.SurveyDefinition.Images.Coadd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that lie on the sky, grey and in colours, and those that do not. */
class PicturesTest {
    private static final double SCALE = 0.02;

    @TempDir
    private Path folder;

    private final OpenedImages opened = new OpenedImages();

    /** What was unpacked goes. */
    @AfterEach
    void closeImages() throws IOException {
        opened.close();
    }

    private Images images(OptionalDouble blank) {
        return new Images(List.of(folder), Optional.empty(), OptionalInt.empty(), Coadd.MEAN, blank);
    }

    private ImageCollection open(Images images) throws IOException {
        return opened.open(images, 2);
    }

    private ImageCollection open() throws IOException {
        return open(images(OptionalDouble.empty()));
    }

    private Path write(BufferedImage image, String name, double ra) throws IOException {
        Path file = TestPicture.write(image, folder.resolve(name));
        TestPicture.header(file, image, ra, 0, SCALE);
        return file;
    }

    /** Returns the values of all sources at a place, blank ones as NaN. */
    private static List<Double> at(ImageCollection images, double ra, double dec) throws IOException {
        List<Double> values = new ArrayList<>();
        for (TileSource source : images.sources()) {
            HealpixGrid grid = HealpixGrid.ofOrder(source.pixelOrder());
            values.add(source.value(grid.nestedAt(SkyPoint.ofDegrees(ra, dec))));
        }
        return values;
    }

    @Test
    void greyPicturesHaveTheValuesOfTheirFilesTheTopLineInTheNorth() throws IOException {
        write(TestPicture.greys(40, 20, false, (x, y) -> y < 10 ? 128 : x < 20 ? 7 : 0), "a.png", 10);
        ImageCollection images = open();
        assertThat(images.isColour()).isFalse();
        assertThat(images.type()).isEqualTo(PixelType.UINT8);
        assertThat(at(images, 10, 0.1)).containsExactly(128.0);
        assertThat(at(images, 10.3, -0.1)).as("south east: low left").containsExactly(7.0);
        assertThat(at(images, 9.7, -0.1)).containsExactly(0.0);
        assertThat(at(images, 9, 0)).containsExactly(Double.NaN);
        write(TestPicture.greys(40, 20, true, (x, y) -> 50000), "b.png", 12);
        assertThat(at(open(), 12, 0)).containsExactly(50000.0);
        TestImage.around(14, 0, SCALE, 20, (x, y) -> -3.5).write(folder.resolve("values.fits"));
        assertThat(at(open(), 14, 0)).as("beside images with values").containsExactly(-3.5);
    }

    @Test
    void coloursStayApartAndWhatIsTransparentIsBlank() throws IOException {
        write(TestPicture.colours(40, 20, (x, y) -> x < 20 ? 0xff102030 : 0), "a.png", 10);
        write(TestPicture.opaque(TestPicture.colours(40, 20, (x, y) -> 0xff808080)), "b.jpg", 12);
        write(TestPicture.greys(40, 20, false, (x, y) -> 100), "c.png", 14);
        ImageCollection images = open();
        assertThat(images.isColour()).isTrue();
        assertThat(at(images, 10.2, 0)).containsExactly(16.0, 32.0, 48.0);
        assertThat(at(images, 9.8, 0)).containsOnly(Double.NaN);
        assertThat(at(images, 12, 0)).containsExactly(128.0, 128.0, 128.0);
        assertThat(at(images, 14, 0)).as("a grey one among them").containsExactly(100.0, 100.0, 100.0);
        write(TestPicture.colours(40, 20, (x, y) -> 0xff302010), "d.png", 10);
        assertThat(at(open(), 10.2, 0)).as("the mean").containsExactly(32.0, 32.0, 32.0);
    }

    @Test
    void aBlankColourIsOneOfWhichAllThreeHaveThatNumber() throws IOException {
        write(TestPicture.colours(40, 20, (x, y) -> x < 20 ? 0xff000000 : 0xff00ff00), "a.png", 10);
        ImageCollection images = open(images(OptionalDouble.of(0)));
        assertThat(at(images, 10.2, 0)).containsOnly(Double.NaN);
        assertThat(at(images, 9.8, 0)).containsExactly(0.0, 255.0, 0.0);
    }

    @Test
    void badPicturesAreLeftOutWithTheirReasons() throws IOException {
        BufferedImage noise = TestPicture.colours(100, 60, (x, y) -> 0xff000000 | (x * 7919 + y * 104729) * 2654435);
        write(noise, "good.png", 10);
        TestPicture.write(noise, folder.resolve("nowhere.png"));
        cutInHalf(write(noise, "half.png", 10));
        cutInHalf(write(TestPicture.opaque(noise), "half.jpg", 10));
        write(TestPicture.colours(40, 20, (x, y) -> 0x00ffffff), "transparent.png", 10);
        Path larger = write(noise, "larger.png", 10);
        TestPicture.write(TestPicture.colours(40, 20, (x, y) -> 0xffffffff), larger);
        Files.writeString(folder.resolve("text.png"), "no picture");
        ImageCollection images = open();
        assertThat(images.count()).isEqualTo(1);
        assertThat(images.rejections().stream().map(r -> r.file().getFileName() + ": " + r.reason()))
                .hasSize(6)
                .anyMatch(r -> r.matches("nowhere.png: expected a header beside .*nowhere.hhh.*--body NAME"))
                .anyMatch(r -> r.matches("half.png: expected a picture that can be read.*"))
                .anyMatch(r -> r.matches("half.jpg: .*truncated.*"))
                .anyMatch(r -> r.matches("transparent.png: .*blank ones only"))
                .anyMatch(r -> r.matches("larger.png: .*size of the picture.*"))
                .anyMatch(r -> r.matches("text.png: expected a picture, found something else"));
    }

    private static void cutInHalf(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void coloursAmongValuesAreLeftOut() throws IOException {
        TestImage.around(10, 0, SCALE, 20, (x, y) -> 5).write(folder.resolve("a.fits"));
        write(TestPicture.colours(40, 20, (x, y) -> 0xff102030), "preview.png", 10);
        ImageCollection images = open();
        assertThat(images.isColour()).isFalse();
        assertThat(images.rejections())
                .singleElement()
                .matches(r -> r.reason().contains("a picture in colours; make a survey of pictures alone"));
    }

    @Test
    void levelsAreNotForColours() throws IOException {
        write(TestPicture.colours(40, 20, (x, y) -> 0xff102030), "a.png", 10);
        Images plain = images(OptionalDouble.empty());
        Images levelled = new Images(
                plain.places(),
                plain.hdus(),
                plain.plane(),
                plain.coadd(),
                plain.blank(),
                plain.weights(),
                new Images.Adjustment(
                        Optional.empty(), Optional.empty(), Optional.empty(), Images.Background.OVERLAPS));
        assertThatThrownBy(() -> open(levelled))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("are for values");
    }

    @Test
    void anotherHeaderBesideIsAnotherImage() throws IOException {
        Path file = write(TestPicture.colours(40, 20, (x, y) -> 0xff102030), "a.png", 10);
        ImagesOfTiles before = open().imagesOfTiles(digests("one"));
        assertThat(before.changesTo(open().imagesOfTiles(digests("one")))
                        .orElseThrow()
                        .changed())
                .isEmpty();
        assertThat(before.changesTo(open().imagesOfTiles(digests("other")))
                        .orElseThrow()
                        .changed())
                .containsExactly("a.png");
        assertThat(open().files()).containsExactly(Path.of(file.toString().replace(".png", ".hhh")), file);
    }

    private Map<Path, String> digests(String header) {
        Map<Path, String> digests = new HashMap<>();
        digests.put(folder.resolve("a.png"), "picture");
        digests.put(folder.resolve("a.hhh"), header);
        return digests;
    }
}
