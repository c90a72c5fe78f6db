package org.hipsnode.generate.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.hipsnode.generate.picture.Webp;
import org.hipsnode.generate.render.Colormap;
import org.hipsnode.generate.render.Palette;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodersTest {

    private static byte[] picture(int size, boolean noise) {
        Random random = new Random(size);
        byte[] picture = new byte[size];
        for (int i = 0; i < size; i++) {
            picture[i] = (byte) (noise ? random.nextInt(256) : i * 255 / size);
        }
        return picture;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, grey, true",
        "3, 5, viridis, true",
        "37, 29, grey, true",
        "512, 512, grey, true",
        "512, 512, inferno, false",
        "1728, 1856, grey, false"
    })
    void anotherReaderFindsEveryPixelOfAPng(int width, int height, String colormap, boolean noise) throws IOException {
        Palette palette = new Palette(Colormap.named(colormap));
        byte[] picture = picture(width * height, noise);
        byte[] file = new PngEncoder(palette).encode(picture, width, height);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        for (int i = 0; i < picture.length; i++) {
            int number = picture[i] & 0xff;
            int expected = number == 0 ? 0 : 0xff000000 | palette.colour(number);
            int found = image.getRGB(i % width, i / width);
            assertThat(number == 0 ? found >>> 24 : found).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"grey", "viridis"})
    void aWebpIsCloseAndTransparentWhereBlank(String colormap) throws IOException {
        Palette palette = new Palette(Colormap.named(colormap));
        byte[] picture = picture(64 * 64, false);
        BufferedImage image = Webp.decode(new WebpEncoder(palette).encode(picture, 64, 64), "p.webp");
        double difference = 0;
        for (int i = 0; i < picture.length; i++) {
            int number = picture[i] & 0xff;
            int found = image.getRGB(i % 64, i / 64);
            assertThat(found >>> 24).isEqualTo(number == Palette.BLANK ? 0 : 255);
            for (int shift = 0; shift <= 16 && number != Palette.BLANK; shift += 8) {
                difference += Math.abs((found >> shift & 0xff) - (palette.colour(number) >> shift & 0xff));
            }
        }
        assertThat(difference / picture.length / 3).isLessThan(2);
    }

    @Test
    void aSmoothTileTakesLittleSpace() {
        byte[] file = new PngEncoder(new Palette(Colormap.named("grey"))).encode(picture(512 * 512, false), 512, 512);
        assertThat(file.length).isLessThan(20_000);
    }

    @ParameterizedTest
    @CsvSource({"grey", "viridis"})
    void anotherReaderFindsAJpegCloseEnough(String colormap) throws IOException {
        Palette palette = new Palette(Colormap.named(colormap));
        byte[] picture = picture(64 * 64, false);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(new JpegEncoder(palette).encode(picture, 64, 64)));
        double difference = 0;
        for (int i = 0; i < picture.length; i++) {
            int expected = palette.colour(picture[i] & 0xff);
            // getRGB would take grey numbers for linear light, which they are not
            int grey = image.getRaster().getSample(i % 64, i / 64, 0);
            int found = palette.isGrey() ? grey * 0x010101 : image.getRGB(i % 64, i / 64);
            for (int shift = 0; shift <= 16; shift += 8) {
                difference += Math.abs((found >> shift & 0xff) - (expected >> shift & 0xff));
            }
        }
        assertThat(difference / picture.length / 3).isLessThan(2);
    }
}
