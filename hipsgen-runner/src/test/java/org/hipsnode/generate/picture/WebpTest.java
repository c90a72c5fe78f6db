package org.hipsnode.generate.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.MalformedDataException;
import org.junit.jupiter.api.Test;

class WebpTest {
    private static final int SIDE = 64;

    /** A smooth colour picture whose upper left is blank. */
    private static BufferedImage image() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int colour = ((3 * x) << 16) | ((255 - 3 * y) << 8) | (2 * (x + y));
                image.setRGB(x, y, x + y < 20 ? 0 : 0xff000000 | colour);
            }
        }
        return image;
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        BufferedImage image = image();
        BufferedImage found = Webp.decode(Webp.encode(image), "p.webp");
        assertThat(found.getWidth()).isEqualTo(SIDE);
        assertThat(found.getHeight()).isEqualTo(SIDE);
        double difference = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int expected = image.getRGB(i % SIDE, i / SIDE);
            int colour = found.getRGB(i % SIDE, i / SIDE);
            assertThat(colour >>> 24).isEqualTo(expected >>> 24);
            for (int shift = 0; shift <= 16 && expected != 0; shift += 8) {
                difference += Math.abs((colour >> shift & 0xff) - (expected >> shift & 0xff));
            }
        }
        assertThat(difference / SIDE / SIDE / 3).isLessThan(3);
    }

    @Test
    void aPictureWithoutAlphaHasNone() throws IOException {
        BufferedImage opaque = new BufferedImage(SIDE, 2, BufferedImage.TYPE_3BYTE_BGR);
        BufferedImage found = Webp.decode(Webp.encode(opaque), "p.webp");
        assertThat(found.getColorModel().hasAlpha()).isFalse();
        assertThat(found.getRGB(1, 1)).isEqualTo(0xff000000);
    }

    @Test
    void sameImageSameBytesWhicheverThread() {
        byte[] first = Webp.encode(image());
        assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> Webp.encode(image())))
                .allMatch(file -> Arrays.equals(file, first));
    }

    @Test
    void refusesWhatIsNoWholePicture() {
        byte[] file = Webp.encode(image());
        for (byte[] broken : new byte[][] {{}, {'R', 'I', 'F', 'F'}, Arrays.copyOf(file, file.length / 2)}) {
            assertThatThrownBy(() -> Webp.decode(broken, "Npix7.webp"))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("'Npix7.webp': expected a whole WebP picture");
        }
    }

    @Test
    void anyBytesAreAPictureOrRefused() {
        Random random = new Random(5);
        byte[] file = Webp.encode(image());
        for (int i = 0; i < 500; i++) {
            byte[] changed = file.clone();
            for (int j = 0; j < 1 + i % 4; j++) {
                changed[random.nextInt(Math.min(changed.length, 60 + i))] = (byte) random.nextInt();
            }
            try {
                assertThat(Webp.decode(changed, "p.webp").getWidth()).isPositive();
            } catch (IOException e) {
                assertThat(e).isInstanceOf(MalformedDataException.class);
            }
        }
    }

    @Test
    void itsLibraryIsThereAndWhereItIsNotTheWayOutIsSaid() {
        assertThatCode(Webp::requireAvailable).doesNotThrowAnyException();
        assertThatThrownBy(() -> Webp.requireAvailable(Path.of("/nowhere")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'/nowhere': expected a temporary folder from which libwebp can be loaded")
                .hasMessageContaining("leave webp out of the formats");
    }
}
