package org.hipsnode.generate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipsnode.generate.TestImage;
import org.hipsnode.survey.SurveyDefinition.Images;

/** Headers that anybody wrote: each is taken, or left out with a reason. */
class FitsImageFileFuzzTest {
    private static final byte[] IMAGE =
            TestImage.around(10, 20, 0.01, 8, (x, y) -> x + 8 * y).bytes();

    @Property(tries = 300)
    void aSpoiledFileIsTakenOrLeftOut(
            @ForAll @Size(min = 1, max = 8) int[] places, @ForAll @IntRange(min = 32, max = 126) int character)
            throws IOException {
        byte[] spoiled = IMAGE.clone();
        for (int place : places) {
            spoiled[Math.floorMod(place, 1600)] = (byte) character;
        }
        assertAnswered(spoiled);
    }

    @Property(tries = 100)
    void aFileThatEndsAnywhereIsTakenOrLeftOut(@ForAll @IntRange(min = 0, max = 5760) int length) throws IOException {
        assertAnswered(Arrays.copyOf(IMAGE, Math.min(length, IMAGE.length)));
    }

    private static void assertAnswered(byte[] content) throws IOException {
        Path file = Files.createTempFile("hipsnode-fuzz", ".fits");
        try {
            Files.write(file, content);
            FitsImageFile.Contents found = FitsImageFile.read(
                    file,
                    new ImageSelection(HduChoice.parse(Optional.empty()), 1, Handling.of(Images.of(List.of(file)))));
            assertThat(found.images().size() + found.rejections().size()).isEqualTo(1);
            for (SkyImage image : found.images()) {
                Footprint.cells(image.wcs(), 3);
            }
        } finally {
            Files.delete(file);
        }
    }
}
