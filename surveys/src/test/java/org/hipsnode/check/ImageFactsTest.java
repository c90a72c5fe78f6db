package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipsnode.SharedData;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageFactsTest {

    @ParameterizedTest
    @EnumSource(
            value = TileFormat.class,
            names = {"FITS", "PNG", "JPEG", "WEBP"})
    void knowsEachFormatByItsFirstBytes(TileFormat format) {
        assertThat(ImageFacts.format(SmallSurvey.picture(format, 8, 8))).contains(format);
    }

    @Test
    void knowsNoOtherFormat() {
        for (String start : List.of("", "S", "SIMPL", "GIF89a", "RIFF", "RIFF0000WAVE", "<html>", "ra\tdec\n")) {
            assertThat(ImageFacts.format(SmallSurvey.text(start))).as(start).isEmpty();
        }
        assertThat(ImageFacts.format(new byte[] {0x1f, (byte) 0x8b})).contains(TileFormat.FITS);
    }

    @ParameterizedTest
    @EnumSource(
            value = TileFormat.class,
            names = {"PNG", "JPEG"})
    void tellsTheSizeOfAPicture(TileFormat format) throws IOException {
        assertThat(ImageFacts.decode(SmallSurvey.picture(format, 24, 8), "p")).hasToString("24×8");
    }

    @Test
    void tellsTheSizeOfAWebpPictureOfEachKind() throws IOException {
        assertThat(ImageFacts.webpSize(SmallSurvey.webp(512, 256), "p")).hasToString("512×256");
        assertThat(ImageFacts.webpSize(webp("VP8L", 20, 0x2f, 0xff, 0xc1, 0x3f, 0x00), "p"))
                .hasToString("512×256");
        assertThat(ImageFacts.webpSize(webp("VP8 ", 26, 0x00, 0x02, 0x00, 0x01), "p"))
                .hasToString("512×256");
    }

    private static byte[] webp(String chunk, int offset, int... bytes) {
        byte[] file = Arrays.copyOf(SmallSurvey.text("RIFF\u0016\0\0\0WEBP" + chunk), 30);
        for (int i = 0; i < bytes.length; i++) {
            file[offset + i] = (byte) bytes[i];
        }
        return file;
    }

    @Test
    void refusesAWebpFileWithoutPicture() {
        assertThatThrownBy(() -> ImageFacts.webpSize(webp("VP8L", 20, 0x2e), "p.webp"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("'p.webp'");
        assertThatThrownBy(() -> ImageFacts.webpSize(webp("ICCP", 20), "p.webp"))
                .isInstanceOf(MalformedDataException.class);
        assertThatThrownBy(() -> ImageFacts.webpSize(new byte[0], "p.webp")).isInstanceOf(MalformedDataException.class);
    }

    /** A transfer that breaks leaves a file that is cut off anywhere. */
    @ParameterizedTest
    @EnumSource(
            value = TileFormat.class,
            names = {"PNG", "JPEG", "WEBP"})
    void findsEveryCut(TileFormat format) {
        byte[] whole = SmallSurvey.picture(format, 16, 16);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> size(format, cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
    }

    private static ImageFacts.Size size(TileFormat format, byte[] file) throws IOException {
        return format == TileFormat.WEBP ? ImageFacts.webpSize(file, "p") : ImageFacts.decode(file, "p");
    }

    @Test
    void forgivesBytesAfterTheEnd() throws IOException {
        for (TileFormat format : List.of(TileFormat.PNG, TileFormat.JPEG, TileFormat.WEBP)) {
            byte[] whole = SmallSurvey.picture(format, 16, 16);
            assertThat(size(format, Arrays.copyOf(whole, whole.length + 100))).hasToString("16×16");
        }
    }

    @Test
    void refusesAPictureThatClaimsToBeHuge() {
        byte[] png = SmallSurvey.picture(TileFormat.PNG, 8, 8);
        for (int side : new int[] {20_000, 100_000, Integer.MAX_VALUE}) {
            ByteBuffer.wrap(png).putInt(16, side).putInt(20, side);
            CRC32 crc = new CRC32();
            crc.update(png, 12, 17);
            ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
            assertThatThrownBy(() -> ImageFacts.decode(png, "bomb.png"))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContainingAll("'bomb.png'", "a tile's size", side + "×" + side);
        }
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThatThrownBy(() -> ImageFacts.decode(SmallSurvey.text("<html>"), "p.png"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessage("'p.png': expected an image, found something else");
    }

    @Property(tries = 1000)
    void anyBytesHaveASizeOrAreRefused(@ForAll @Size(max = 400) byte[] bytes, @ForAll TileFormat magic)
            throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] start = magic == TileFormat.TSV ? new byte[0] : SmallSurvey.picture(magic, 8, 8);
        file.write(start, 0, Math.min(start.length, 33));
        file.writeBytes(bytes);
        sizeOrRefusal(file.toByteArray());
        sizeOrRefusal(bytes);
    }

    @Property(tries = 1500)
    void flippedPicturesHaveASizeOrAreRefused(
            @ForAll TileFormat format,
            @ForAll @Size(max = 8) int[] places,
            @ForAll byte value,
            @ForAll @IntRange(max = 2000) int length) {
        byte[] whole = format == TileFormat.TSV ? new byte[100] : SmallSurvey.picture(format, 8, 8);
        for (int place : places) {
            whole[Math.floorMod(place, Math.min(300, whole.length))] = value;
        }
        sizeOrRefusal(whole);
        sizeOrRefusal(Arrays.copyOf(whole, Math.min(whole.length, length)));
    }

    private static void sizeOrRefusal(byte[] file) {
        Optional<TileFormat> format = ImageFacts.format(file);
        assertThat(format).isNotNull();
        try {
            assertThat(ImageFacts.decode(file, "fuzz").width()).isPositive();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
        try {
            assertThat(ImageFacts.webpSize(file, "fuzz").width()).isNotNegative();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("fuzz");
        }
    }

    @Test
    void everyRealPictureIsWhole() throws IOException {
        int pictures = 0;
        for (Path file : realPictures()) {
            byte[] content = Files.readAllBytes(file);
            TileFormat format = ImageFacts.format(content).orElseThrow();
            assertThat(size(format, content).width()).as(file.toString()).isPositive();
            pictures++;
        }
        assertThat(pictures).isGreaterThan(100);
    }

    private static List<Path> realPictures() throws IOException {
        try (Stream<Path> files = Files.walk(SharedData.require("hips"))) {
            return files.filter(f -> f.toString().matches(".*Norder.*\\.(png|jpg|webp)"))
                    .toList();
        }
    }
}
