package org.hipsnode.generate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.TestPicture;
import org.hipsnode.io.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles that are pictures have the numbers that their files have, whatever kind of PNG or JPEG they are. */
class ColourTileTest {
    private static final int WIDTH = 4;

    @TempDir
    private Path folder;

    private List<Long> planes(BufferedImage image, String name) throws IOException {
        byte[] file = Files.readAllBytes(TestPicture.write(image, folder.resolve(name)));
        byte[] planes = ColourTile.decode(file, name, WIDTH);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 3 * WIDTH * WIDTH; i++) {
            numbers.add(PixelType.INT16.getLong(planes, i));
        }
        return numbers;
    }

    /** The values of the pixels from the top left, as planes have them: the bottom line first, three times. */
    private static List<Long> expected(TestPicture.Pixels values) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 3 * WIDTH * WIDTH; i++) {
            numbers.add((long) values.at(i % WIDTH, WIDTH - 1 - i / WIDTH % WIDTH));
        }
        return numbers;
    }

    @Test
    void greysAreNotMadeBrighter() throws IOException {
        TestPicture.Pixels values = (x, y) -> 13 * x + 50 * y;
        assertThat(planes(TestPicture.greys(WIDTH, WIDTH, false, values), "a.png"))
                .isEqualTo(expected(values));
        assertThat(planes(TestPicture.greys(WIDTH, WIDTH, true, (x, y) -> 257 * values.at(x, y)), "a.png"))
                .as("of 16 bits")
                .isEqualTo(expected(values));
        assertThat(planes(TestPicture.greys(WIDTH, WIDTH, false, (x, y) -> 100), "a.jpg"))
                .isEqualTo(expected((x, y) -> 100));
    }

    @Test
    void coloursAndPalettesAreAsTheyAreAndWhatIsTransparentIsBlank() throws IOException {
        BufferedImage colours = TestPicture.colours(WIDTH, WIDTH, (x, y) -> y == 0 ? 0 : 0x80102030);
        List<Long> found = planes(colours, "a.png");
        assertThat(found.subList(0, 12)).containsOnly(16L);
        assertThat(found.subList(16, 28)).containsOnly(32L);
        assertThat(found.subList(32, 44)).containsOnly(48L);
        assertThat(found.subList(12, 16)).containsOnly(ColourTile.BLANK);

        byte[] greys = {0, 100, (byte) 200};
        IndexColorModel palette = new IndexColorModel(8, 3, greys, greys, greys, 0);
        BufferedImage image = new BufferedImage(WIDTH, WIDTH, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setSample(1, 2, 0, 2);
        image.getRaster().setSample(3, 0, 0, 1);
        assertThat(planes(image, "a.png"))
                .isEqualTo(expected((x, y) -> x == 1 && y == 2 ? 200 : x == 3 && y == 0 ? 100 : -1));
    }

    @Test
    void picturesOfAnotherSizeAndDamagedOnesAreRefused() throws IOException {
        assertThatThrownBy(() -> planes(TestPicture.greys(WIDTH, 2 * WIDTH, false, (x, y) -> 1), "a.png"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("4×4 pixels")
                .hasMessageContaining("4×8");
        byte[] file = Files.readAllBytes(folder.resolve("a.png"));
        assertThatThrownBy(() -> ColourTile.decode(java.util.Arrays.copyOf(file, 45), "cut", 4))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("cut");
    }
}
