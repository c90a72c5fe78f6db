package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hipsnode.generate.TestImage;
import org.hipsnode.survey.SurveyDefinition.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of images by many threads at once, with room for all blocks, for some, and for none. */
class PixelBlocksTest {
    private static final int READERS = 4;

    /** Small ones, one of several blocks on each other, one of several side by side. */
    private static final int[][] SIZES = {{7, 5}, {400, 400}, {2500, 60}, {64, 64}};

    @TempDir
    private Path folder;

    private static double value(int image, int x, int y) {
        return 1000 * image + x + y / 64.0;
    }

    private List<SkyImage> images() throws IOException {
        List<SkyImage> images = new ArrayList<>();
        for (int[] size : SIZES) {
            int number = images.size();
            Path file = TestImage.around(10, 20, 0.001, size[0], size[1], (x, y) -> value(number, x, y))
                    .write(folder.resolve(number + ".fits"));
            ImageSelection all =
                    new ImageSelection(HduChoice.parse(Optional.empty()), 1, Handling.of(Images.of(List.of(file))));
            images.addAll(FitsImageFile.read(file, all).images());
        }
        assertThat(images).hasSize(SIZES.length);
        return images;
    }

    @Test
    void everyPartIsReadRightHoweverLittleRoomThereIs() throws Exception {
        List<SkyImage> images = images();
        long[] limits = {0, 300_000, 600_000, 100_000_000};
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            for (long limit : limits) {
                try (OpenImages files = new OpenImages()) {
                    PixelBlocks blocks = new PixelBlocks(files, limit);
                    List<Future<?>> all = new ArrayList<>();
                    for (int reader = 0; reader < READERS; reader++) {
                        Random random = new Random(31 * limit + reader);
                        all.add(readers.submit(() -> readParts(blocks, images, random)));
                    }
                    for (Future<?> one : all) {
                        one.get();
                    }
                }
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static Void readParts(PixelBlocks blocks, List<SkyImage> images, Random random) throws IOException {
        for (int i = 0; i < 150; i++) {
            int number = random.nextInt(images.size());
            int x = random.nextInt(SIZES[number][0]);
            int y = random.nextInt(SIZES[number][1]);
            int width = 1 + random.nextInt(SIZES[number][0] - x);
            int height = 1 + random.nextInt(SIZES[number][1] - y);
            int stride = width + random.nextInt(3);
            int at = random.nextInt(5);
            double[] into = new double[at + stride * height];
            blocks.read(
                    images.get(number), Spans.all(new PixelReader.Rectangle(x, y, width, height)), into, at, stride);
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    double expected = value(number, x + column, y + row);
                    if (into[at + row * stride + column] != expected) {
                        assertThat(into[at + row * stride + column])
                                .as("image %s, pixel %s %s", number, x + column, y + row)
                                .isEqualTo(expected);
                    }
                }
            }
        }
        return null;
    }
}
