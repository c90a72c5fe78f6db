package org.hipsnode.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.ImageHDU;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FitsImageTest {

    private static byte[] pixels(PixelType type, int count) {
        byte[] data = new byte[count * type.bytes()];
        for (int i = 0; i < count; i++) {
            type.put(data, i, type == PixelType.UINT8 ? i * 3 : type.isFloating() ? i * 1.25 - 7 : i * 300 - 1000);
        }
        return data;
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void anotherReaderFindsWhatWasWrittenAndItsChecksumsRight(PixelType type) throws Exception {
        byte[] data = pixels(type, 64);
        byte[] file = FitsTile.encode(new TileAddress(3, 5), 8, Frame.GALACTIC, PixelFormat.of(type), data, "K");
        assertThat(file.length % 2880).isZero();
        try (Fits fits = new Fits(new ByteArrayInputStream(file))) {
            BasicHDU<?> hdu = fits.readHDU();
            assertThat(hdu).isInstanceOf(ImageHDU.class);
            assertThat(hdu.getBitpix().getHeaderValue()).isEqualTo(type.bitpix());
            hdu.verifyIntegrity();
            hdu.verifyDataIntegrity();
            Object kernel = ((ImageHDU) hdu).getKernel();
            for (int row = 0; row < 8; row++) {
                for (int column = 0; column < 8; column++) {
                    double found = ((Number)
                                    java.lang.reflect.Array.get(java.lang.reflect.Array.get(kernel, row), column))
                            .doubleValue();
                    double expected = type.get(data, row * 8 + column);
                    assertThat(type == PixelType.UINT8 ? (int) found & 0xff : found)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void readsBackWhatItWrote(PixelType type) throws IOException {
        PixelFormat format = type.isFloating() ? PixelFormat.of(type) : new PixelFormat(type, 0.5, 10, 77L);
        byte[] data = pixels(type, 16);
        FitsImage image = FitsImage.parse(FitsImage.encode(4, 4, format, data, cards -> {}), "tile");
        assertThat(image.format()).isEqualTo(format);
        assertThat(image.data()).isEqualTo(data);
        assertThat(image.width()).isEqualTo(4);
        assertThat(image.physical(1, 2)).isEqualTo(format.zero() + format.scale() * type.get(data, 6));
    }

    /** The vectors of standards.md §3.2, computed with Hipsgen. */
    @Test
    void sumsDataAsHipsgenDoes() throws IOException {
        byte[] counting = new byte[16];
        for (int i = 0; i < 16; i++) {
            counting[i] = (byte) i;
        }
        assertThat(dataSum(counting)).isEqualTo("404496420");
        byte[] ones = new byte[16];
        Arrays.fill(ones, 0, 8, (byte) 0xff);
        assertThat(dataSum(ones)).isEqualTo("4294967295");
    }

    private static String dataSum(byte[] data) throws IOException {
        byte[] file = FitsImage.encode(4, 4, PixelFormat.of(PixelType.UINT8), data, cards -> {});
        return FitsImage.parse(file, "x").header().text("DATASUM").orElseThrow();
    }

    /** The example of the HiPS working draft. */
    @Test
    void writesTheWcsOfTheStandard() throws IOException {
        FitsHeader header = tileHeader(new TileAddress(0, 7), 512, Frame.EQUATORIAL);
        assertThat(header.number("CRPIX1")).hasValue(-255.5);
        assertThat(header.number("CRPIX2")).hasValue(-255.5);
        assertThat(header.number("CD1_1")).hasValue(-8.7890625E-2);
        assertThat(header.number("CD2_1")).hasValue(8.7890625E-2);
        assertThat(header.text("CTYPE1")).contains("RA---HPX");
        assertThat(header.text("CTYPE2")).contains("DEC--HPX");
        assertThat(header.text("RADESYS")).contains("ICRS");
        assertThat(header.integer("NPIX")).hasValue(7);
        assertThat(tileHeader(new TileAddress(5, 100), 64, Frame.GALACTIC).text("CTYPE1"))
                .contains("GLON-HPX");
        assertThat(tileHeader(new TileAddress(5, 100), 64, Frame.ECLIPTIC).text("CTYPE2"))
                .contains("ELAT-HPX");
    }

    private static FitsHeader tileHeader(TileAddress address, int width, Frame frame) throws IOException {
        PixelFormat format = PixelFormat.of(PixelType.UINT8);
        byte[] file = FitsTile.encode(address, width, frame, format, new byte[width * width], "");
        return FitsImage.parse(file, "tile").header();
    }

    @Test
    void readsGzippedUnpaddedAndTrimmedTiles() throws IOException {
        byte[] data = pixels(PixelType.FLOAT32, 4);
        byte[] padded = FitsImage.encode(
                2,
                2,
                PixelFormat.of(PixelType.FLOAT32),
                data,
                cards -> cards.add("ONAXIS1", 4, "")
                        .add("ONAXIS2", 4, "")
                        .add("TRIM1", 1, "")
                        .add("TRIM2", 2, ""));
        byte[] unpadded = Arrays.copyOf(padded, 2880 + data.length);
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(unpadded);
        }
        FitsImage image = FitsImage.parse(gzipped.toByteArray(), "tile");
        assertThat(image.gzipped()).isTrue();
        assertThat(image.trimmed()).isTrue();
        assertThat(image.width()).isEqualTo(4);
        assertThat(image.physical(2, 1)).isEqualTo(PixelType.FLOAT32.get(data, 0));
        assertThat(image.physical(3, 2)).isEqualTo(PixelType.FLOAT32.get(data, 3));
        assertThat(image.physical(0, 0)).isNaN();
    }

    @Test
    void comparesTheSumsOfFilesCutOffAnywhere() throws IOException {
        byte[] data = pixels(PixelType.INT16, 64);
        byte[] file =
                FitsTile.encode(new TileAddress(3, 5), 8, Frame.GALACTIC, PixelFormat.of(PixelType.INT16), data, "K");
        assertThat(FitsImage.sumsAgree(file, "tile")).isTrue();
        assertThat(FitsImage.sumsAgree(Arrays.copyOf(file, 2880 + data.length), "tile"))
                .isTrue();
        // after the END card, whose padding is cut off
        for (int length = 2400; length < 2880 + data.length; length++) {
            assertThat(FitsImage.sumsAgree(Arrays.copyOf(file, length), "tile"))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> FitsImage.parse(new byte[0], "a.fits")).hasMessageContaining("'a.fits'", "empty");
        assertThatThrownBy(() -> FitsImage.parse("<html>no tile</html>".getBytes(StandardCharsets.US_ASCII), "a.fits"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("found '<html>no '");
        byte[] file = FitsImage.encode(
                64, 64, PixelFormat.of(PixelType.FLOAT64), pixels(PixelType.FLOAT64, 4096), cards -> {});
        assertThatThrownBy(() -> FitsImage.parse(Arrays.copyOf(file, 20_000), "a.fits"))
                .hasMessageContaining("expected 32768 bytes of data, found 17120")
                .hasMessageContaining("truncated");
        assertThatThrownBy(() -> FitsImage.parse(Arrays.copyOf(file, 500), "a.fits"))
                .hasMessageContaining("END card");
    }

    @Test
    void aHeaderThatClaimsATrillionPixelsCostsNothing() {
        byte[] header = new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", -32, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", 1_000_000, "")
                .add("NAXIS2", 1_000_000, "")
                .bytes();
        assertThatThrownBy(() -> FitsImage.parse(header, "a.fits")).hasMessageContaining("4000000000000 bytes of data");
        byte[] worse = new String(header, StandardCharsets.US_ASCII)
                .replace("1000000", "9223372036854775807")
                .getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> FitsImage.parse(Arrays.copyOf(worse, 2880), "a.fits"))
                .isInstanceOf(MalformedDataException.class);
    }

    @Property(tries = 3000)
    void acceptsOrRefusesAnyHeaderInOneWay(@ForAll("headers") byte[] file) {
        try {
            FitsImage.parse(file, "fuzz");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("fuzz");
        }
    }

    @Provide
    Arbitrary<byte[]> headers() {
        Arbitrary<String> cards = Arbitraries.of(
                "BITPIX  = 8",
                "BITPIX  = -32",
                "BITPIX  = 'x'",
                "BITPIX  = 99999999999999999999",
                "NAXIS   = 2",
                "NAXIS   = 1e300",
                "NAXIS   = 998",
                "NAXIS1  = 4",
                "NAXIS2  = 4",
                "NAXIS1  = -4",
                "NAXIS1  = 4000000000",
                "PCOUNT  = -9223372036854775807",
                "GCOUNT  = 0",
                "BSCALE  = 0",
                "BZERO   = NaN",
                "BLANK   = 1e5",
                "ONAXIS1 = 30000",
                "ONAXIS2 = 30000",
                "TRIM1   = -1",
                "XTENSION= 'IMAGE'",
                "CONTINUE  'abc",
                "HIERARCH a b = 'c&'",
                "='",
                "\u0000\u0001\u0080");
        return cards.list().ofMaxSize(12).map(list -> {
            StringBuilder text = new StringBuilder(String.format("%-80s", "SIMPLE  = T"));
            list.forEach(card -> text.append(String.format("%-80s", card)));
            text.append(String.format("%-80s", "END"));
            return Arrays.copyOf(text.toString().getBytes(StandardCharsets.ISO_8859_1), 2880 + 64);
        });
    }

    @Property(tries = 1000)
    void survivesFlippedBytes(@ForAll @Size(max = 8) int[] places, @ForAll byte value) {
        byte[] file = FitsTile.encode(
                new TileAddress(1, 1), 4, Frame.EQUATORIAL, PixelFormat.of(PixelType.INT16), new byte[32], "");
        for (int place : places) {
            file[Math.floorMod(place, 2880)] = value;
        }
        try {
            FitsImage.parse(file, "fuzz");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("fuzz");
        }
    }

    @Property
    void writesNumbersThatReadBackTheSame(@ForAll double value) {
        if (Double.isFinite(value)) {
            assertThat(Double.parseDouble(FitsCards.format(value))).isEqualTo(value == 0 ? 0 : value);
            assertThat(FitsCards.format(value)).hasSizeLessThan(25).contains(".");
        }
    }

    @Property
    void halvesOfWholeNumbersAreWrittenPlainly(@ForAll @IntRange int n) {
        assertThat(FitsCards.format(n / 2.0)).doesNotContain("E");
    }

    @Test
    void theSumIsThatOfTheLibrary() {
        for (int length : new int[] {0, 1, 2, 3, 4, 2880, 100_000}) {
            byte[] data = new byte[length];
            new java.util.Random(length).nextBytes(data);
            byte[] whole = java.util.Arrays.copyOf(data, (length + 3) / 4 * 4);
            assertThat(FitsImage.sum(data)).isEqualTo(nom.tam.fits.utilities.FitsCheckSum.checksum(whole));
        }
        byte[] ones = new byte[4000];
        java.util.Arrays.fill(ones, (byte) 0xff);
        assertThat(FitsImage.sum(ones)).isEqualTo(nom.tam.fits.utilities.FitsCheckSum.checksum(ones));
    }

    @Test
    void cardsHoldWhatFits() {
        String header = new String(
                new FitsCards()
                        .add("SIMPLE", true, "c".repeat(60))
                        .add("LONGTEXT", "o'clock ".repeat(10), "never seen")
                        .add("SHORT", "a", "note")
                        .add("HALF", -0.5, "")
                        .add("ZERO", -0.0, "")
                        .add("TENTH", 0.1, "")
                        .bytes(),
                java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(header).hasSize(2880);
        assertThat(header.substring(0, 80)).isEqualTo("SIMPLE  =                    T / " + "c".repeat(47));
        assertThat(header.substring(80, 160))
                .startsWith("LONGTEXT= 'o''clock o''clock ")
                .doesNotContain("never");
        assertThat(header.substring(160, 240)).startsWith("SHORT   = 'a       '           / note ");
        assertThat(header.substring(240, 320)).startsWith("HALF    =                 -0.5 ");
        assertThat(header.substring(320, 400)).startsWith("ZERO    =                  0.0 ");
        assertThat(header.substring(400, 480)).startsWith("TENTH   =                  0.1 ");
        assertThat(header.substring(480)).isEqualTo("END" + " ".repeat(2880 - 483));
    }
}
