package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;

class PngFactsTest {

    /** Pictures of every kind of pixel that ImageIO writes, in one pass and interlaced. */
    @Test
    void takesWhatImageIoWrites() throws IOException {
        for (int side : new int[] {1, 2, 3, 5, 8, 17}) {
            for (BufferedImage image : pictures(side, 2 * side)) {
                for (boolean interlaced : new boolean[] {false, true}) {
                    byte[] file = png(image, interlaced);
                    assertThat(PngFacts.size(file, "p"))
                            .as("type %d, interlaced %s", image.getType(), interlaced)
                            .hasToString(side + "×" + 2 * side);
                }
            }
        }
    }

    private static List<BufferedImage> pictures(int width, int height) {
        byte[] few = {0, (byte) 255};
        byte[] more = {0, 80, (byte) 160, (byte) 255};
        return List.of(
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY),
                new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY),
                new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
                new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB),
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED),
                new BufferedImage(
                        width, height, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, few, few, few)),
                new BufferedImage(
                        width, height, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(2, 4, more, more, more)));
    }

    private static byte[] png(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    @Test
    void findsEveryFlippedByte() {
        byte[] file = SmallSurvey.picture(TileFormat.PNG, 16, 16);
        for (int i = PngFacts.SIGNATURE.length(); i < file.length; i++) {
            byte[] flipped = file.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> PngFacts.size(flipped, "p.png"))
                    .as("byte %d", i)
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContainingAll("'p.png'", "expected");
        }
    }
}
