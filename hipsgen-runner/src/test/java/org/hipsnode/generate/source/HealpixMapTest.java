package org.hipsnode.generate.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongToDoubleFunction;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.fits.PixelType;
import org.hipsnode.generate.TestMap;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Nuniq;
import org.hipsnode.sky.Frame;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealpixMapTest {
    private static final HealpixMapFile.Selection ANY =
            new HealpixMapFile.Selection(OptionalInt.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private final Warnings warnings = new Warnings();

    private Path file(TestMap map) throws IOException {
        return map.write(folder.resolve("map.fits"));
    }

    /** Looks at a map as a source of tiles. */
    @FunctionalInterface
    private interface Look {
        void at(HealpixMap map) throws IOException;
    }

    private void open(Path file, HealpixMapFile.Selection selection, Look look) throws IOException {
        try (HealpixMapFile opened = HealpixMapFile.open(file, warnings);
                HealpixMap map = opened.choose(selection).map()) {
            look.at(map);
        }
    }

    /** The slow twin: every pixel of every tile of a width, found by its NESTED number. */
    private static void assertPixels(HealpixMap map, int width, LongToDoubleFunction expectedByNested)
            throws IOException {
        int order = map.pixelOrder() - Integer.numberOfTrailingZeros(width);
        byte[] data = new byte[width * width * map.format().type().bytes()];
        for (long tile = 0; tile < HealpixGrid.pixelCount(order); tile++) {
            TileAddress address = new TileAddress(order, tile);
            boolean any = map.read(address, width, data);
            boolean anyExpected = false;
            for (long i = 0; i < (long) width * width; i++) {
                double expected = expectedByNested.applyAsDouble(tile * width * width + i);
                anyExpected |= !Double.isNaN(expected);
                if (any) {
                    assertThat(map.format().physical(data, PixelOrder.fitsOffset(width, i)))
                            .as("tile %s pixel %d", address, i)
                            .isEqualTo(Double.valueOf(expected));
                }
                assertThat(map.value(tile * width * width + i)).isEqualTo(Double.valueOf(expected));
            }
            assertThat(any).isEqualTo(anyExpected);
            assertThat(map.hasData(address)).isEqualTo(anyExpected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RING, E, 1", "RING, E, 1024", "RING, D, 3", "RING, I, 1", "RING, J, 12", "RING, K, 1", "RING, B, 48",
        "NESTED, E, 1", "NESTED, E, 1024", "NESTED, D, 3", "NESTED, I, 1", "NESTED, J, 12", "NESTED, K, 1",
                "NESTED, B, 48"
    })
    void handsOutEveryPixelOfEveryTypeAndRepeatCount(String ordering, char form, int repeat) throws IOException {
        HealpixGrid grid = HealpixGrid.ofOrder(4);
        LongToDoubleFunction values = p -> form == 'B' ? p % 251 : form == 'I' ? p * 7 % 30_000 - 999 : p * 31 % 7919;
        TestMap map = TestMap.wholeSky(16, ordering).column("V", form, repeat, values);
        LongToDoubleFunction nested =
                ordering.equals("RING") ? n -> values.applyAsDouble(grid.nestedToRing(n)) : values;
        open(file(map), ANY, m -> {
            assertPixels(m, 4, nested);
            assertPixels(m, 16, nested);
            assertThat(m.frame()).isEqualTo(Frame.GALACTIC);
        });
    }

    @Test
    void findsColumnsByNameAndNumberAmongOthersInTheRow() throws IOException {
        TestMap map = TestMap.wholeSky(8, "NESTED")
                .column("I_STOKES", 'E', 16, p -> p)
                .column("HITS", 'I', 16, p -> -p)
                .column("Q_STOKES", 'D', 16, p -> 2 * p);
        Path file = file(map);
        open(file, ANY, m -> assertPixels(m, 8, p -> p));
        for (String column : new String[] {"Q_STOKES", "q_stokes", "3"}) {
            open(file, column(column), m -> assertPixels(m, 8, p -> 2 * p));
        }
        open(file, column("hits"), m -> assertPixels(m, 8, p -> -p));
        assertThatThrownBy(() -> open(file, column("U_STOKES"), m -> {}))
                .hasMessageContaining("map.fits[1]")
                .hasMessageContaining(
                        "expected a column 'U_STOKES', found columns 1 'I_STOKES', 2 'HITS', 3 'Q_STOKES'");
    }

    private static HealpixMapFile.Selection column(String column) {
        return new HealpixMapFile.Selection(OptionalInt.empty(), Optional.of(column), Optional.empty());
    }

    @Test
    void readsLogicalValuesAndBits() throws IOException {
        open(
                file(TestMap.wholeSky(8, "NESTED").column("M", 'L', 1, p -> p % 3 == 0 ? Double.NaN : p % 3 - 1)),
                ANY,
                m -> assertPixels(m, 8, p -> p % 3 == 0 ? Double.NaN : p % 3 - 1));
        open(
                file(TestMap.wholeSky(8, "RING").column("M", 'X', 768, p -> p % 5 == 0 ? 1 : 0)),
                ANY,
                m -> assertPixels(m, 8, n -> HealpixGrid.ofOrder(3).nestedToRing(n) % 5 == 0 ? 1 : 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1A", "1C", "1M", "1PE(3)", "1QD(3)"})
    void refusesColumnsWithoutOneNumberAPixel(String form) throws IOException {
        TestMap map = TestMap.wholeSky(1, "RING")
                .column("V", form.charAt(1), 1, p -> p)
                .card("TFORM1", form);
        assertThatThrownBy(() -> open(file(map), column("V"), m -> {}))
                .hasMessageContaining("a column with one number a pixel");
    }

    @Test
    void blanksAreUnseenNanInfinityAndBadData() throws IOException {
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1.6375e30, -99, 5, 0};
        double[] expected = {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 5, 0};
        for (char form : new char[] {'E', 'D'}) {
            TestMap map = TestMap.wholeSky(8, "NESTED")
                    .card("BAD_DATA", -99.0)
                    .column("V", form, 1, p -> odd[(int) (p % odd.length)]);
            open(file(map), ANY, m -> assertPixels(m, 8, p -> expected[(int) (p % odd.length)]));
        }
    }

    @Test
    void integerScalesAndBlanksAreKept() throws IOException {
        TestMap map = TestMap.wholeSky(8, "NESTED")
                .column("V", 'I', 1, p -> p % 10 == 0 ? -7 : p)
                .card("TSCAL1", 0.5)
                .card("TZERO1", 100.0)
                .card("TNULL1", -7L);
        open(file(map), ANY, m -> {
            assertThat(m.format().type()).isEqualTo(PixelType.INT16);
            assertPixels(m, 8, p -> p % 10 == 0 ? Double.NaN : 100 + 0.5 * p);
        });
        TestMap image = TestMap.wholeSky(8, "NESTED")
                .column("V", 'J', 1, p -> p)
                .card("BSCALE", 2.0)
                .card("BZERO", 1.0)
                .card("BLANK", 3L);
        open(file(image), ANY, m -> assertPixels(m, 8, p -> p == 3 ? Double.NaN : 1 + 2 * p));
    }

    @Test
    void anExplicitMapOfIntegersGetsABlankThatNoPixelHas() throws IOException {
        for (char form : new char[] {'B', 'I', 'J', 'K'}) {
            double smallest =
                    form == 'B' ? 0 : form == 'I' ? Short.MIN_VALUE : form == 'J' ? Integer.MIN_VALUE : Long.MIN_VALUE;
            TestMap map = TestMap.ofPixels(200)
                    .card("PIXTYPE", "HEALPIX")
                    .card("ORDERING", "RING")
                    .card("NSIDE", 16L)
                    .card("INDXSCHM", "EXPLICIT")
                    .card("COORDSYS", "C")
                    .column("PIXEL", 'J', 1, i -> 3000 - 7 * i)
                    .column("VALUE", form, 1, i -> i == 0 ? smallest : i % 50 + 1);
            HealpixGrid grid = HealpixGrid.ofOrder(4);
            open(file(map), ANY, m -> {
                assertThat(m.format().blank()).isNotNull().isNotEqualTo((long) smallest);
                assertPixels(m, 8, nested -> {
                    double i = (3000 - grid.nestedToRing(nested)) / 7.0;
                    return i != Math.rint(i) || i < 0 || i >= 200 ? Double.NaN : i == 0 ? smallest : i % 50 + 1;
                });
            });
        }
    }

    @Test
    void aTableWithPixelNumbersNeedsNoIndxschm() throws IOException {
        TestMap map = TestMap.ofPixels(3)
                .card("NSIDE", 8L)
                .card("ORDERING", "NESTED")
                .column("ipix", 'K', 1, i -> 100 * i)
                .column("x", 'E', 1, i -> i);
        open(file(map), ANY, m -> assertPixels(m, 8, p -> p % 100 == 0 && p < 300 ? (double) p / 100 : Double.NaN));
    }

    @Test
    void refusesPixelsThatDoNotExistOrStandTwice() throws IOException {
        TestMap outside = TestMap.ofPixels(3)
                .card("NSIDE", 8L)
                .card("ORDERING", "NESTED")
                .column("PIXEL", 'J', 1, i -> 767 + i)
                .column("x", 'E', 1, i -> i);
        assertThatThrownBy(() -> open(file(outside), ANY, m -> {}))
                .hasMessageContaining("row 2': expected a pixel of 0 to 767 for NSIDE = 8, found 768");
        TestMap twice = TestMap.ofPixels(3)
                .card("NSIDE", 8L)
                .card("ORDERING", "RING")
                .column("PIXEL", 'J', 1, i -> i == 2 ? 1 : 0)
                .column("x", 'E', 1, i -> i);
        assertThatThrownBy(() -> open(file(twice), ANY, m -> {})).hasMessageContaining("each part of the sky once");
    }

    @Test
    void multiOrderCellsStandForAllTheirPixels() throws IOException {
        long[] cells = {Nuniq.of(3, 700), Nuniq.of(0, 2), Nuniq.of(4, 0), Nuniq.of(2, 1)};
        TestMap map = TestMap.ofPixels(4)
                .card("PIXTYPE", "HEALPIX")
                .card("ORDERING", "NUNIQ")
                .card("COORDSYS", "C")
                .column("UNIQ", 'K', 1, i -> cells[(int) i])
                .column("PROB", 'D', 1, i -> i + 0.25);
        open(file(map), ANY, m -> {
            assertThat(m.pixelOrder()).isEqualTo(4);
            assertPixels(m, 8, p -> {
                if (p >= 700 * 4 && p < 701 * 4) {
                    return 0.25;
                }
                return p >= 512 && p < 768 ? 1.25 : p == 0 ? 2.25 : p >= 16 && p < 32 ? 3.25 : Double.NaN;
            });
        });
    }

    @Test
    void refusesMultiOrderCellsThatOverlapOrAreNone() throws IOException {
        for (long second : new long[] {Nuniq.of(1, 8), 3, Long.MAX_VALUE}) {
            TestMap map = TestMap.ofPixels(2)
                    .card("ORDERING", "NUNIQ")
                    .column("UNIQ", 'K', 1, i -> i == 0 ? Nuniq.of(0, 2) : second)
                    .column("PROB", 'D', 1, i -> i);
            assertThatThrownBy(() -> open(file(map), ANY, m -> {})).isInstanceOf(MalformedDataException.class);
        }
    }

    @Test
    void aStretchOfTheSkyIsToldByFirstAndLastPixel() throws IOException {
        for (String ordering : new String[] {"RING", "NESTED"}) {
            TestMap map = TestMap.ofPixels(100)
                    .card("PIXTYPE", "HEALPIX")
                    .card("ORDERING", ordering)
                    .card("NSIDE", 8L)
                    .card("FIRSTPIX", 300L)
                    .card("LASTPIX", 399L)
                    .column("V", 'E', 10, i -> i);
            HealpixGrid grid = HealpixGrid.ofOrder(3);
            open(
                    file(map),
                    ANY,
                    m -> assertPixels(m, 4, n -> {
                        long p = ordering.equals("RING") ? grid.nestedToRing(n) : n;
                        return p >= 300 && p < 400 ? p - 300 : Double.NaN;
                    }));
        }
    }

    @Test
    void aWholeSkyCountsFromZeroWhateverFirstpixSays() throws IOException {
        TestMap map = TestMap.wholeSky(1, "NESTED")
                .card("FIRSTPIX", 1L)
                .card("LASTPIX", 12L)
                .column("I", 'D', 1, p -> p);
        open(file(map), ANY, m -> assertPixels(m, 1, p -> p));
    }

    @Test
    void understandsOddHeaders() throws IOException {
        TestMap string = TestMap.wholeSky(8, "nested").card("NSIDE", "8").column("V", 'E', 1, p -> p);
        open(file(string), ANY, m -> assertPixels(m, 8, p -> p));
        TestMap primary = TestMap.ofPixels(768)
                .primaryCard("PIXTYPE", "HEALPIX")
                .primaryCard("NSIDE", 8L)
                .primaryCard("ORDERING", "NESTED")
                .primaryCard("COORDSYS", "ECLIPTIC")
                .column("V", 'E', 1, p -> p);
        open(file(primary), ANY, m -> {
            assertPixels(m, 8, p -> p);
            assertThat(m.frame()).isEqualTo(Frame.ECLIPTIC);
        });
        TestMap bare = TestMap.ofPixels(768).card("PIXTYPE", "HEALPIX").column("V", 'E', 1, p -> p);
        HealpixGrid grid = HealpixGrid.ofOrder(3);
        open(file(bare), ANY, m -> assertPixels(m, 8, n -> grid.nestedToRing(n)));
        assertThat(warnings.all())
                .anyMatch(w -> w.contains("no ORDERING card"))
                .anyMatch(w -> w.contains("no COORDSYS card") && w.contains("--map-frame"));
    }

    @ParameterizedTest
    @CsvSource({
        "G, GALACTIC",
        "galactic, GALACTIC",
        "C, EQUATORIAL",
        "CEL, EQUATORIAL",
        "ICRS, EQUATORIAL",
        "Q, EQUATORIAL",
        "E, ECLIPTIC",
        "EQ, EQUATORIAL"
    })
    void knowsTheWordsForFrames(String word, Frame frame) throws IOException {
        TestMap map = TestMap.wholeSky(8, "RING").card("COORDSYS", word).column("V", 'E', 1, p -> p);
        open(file(map), ANY, m -> assertThat(m.frame()).isEqualTo(frame));
    }

    @Test
    void theGivenFrameCountsMoreThanTheHeader() throws IOException {
        TestMap map = TestMap.wholeSky(8, "RING").card("COORDSYS", "MARS").column("V", 'E', 1, p -> p);
        assertThatThrownBy(() -> open(file(map), ANY, m -> {}))
                .hasMessageContaining("expected COORDSYS of G, C or E, found 'MARS'; give --map-frame");
        HealpixMapFile.Selection given =
                new HealpixMapFile.Selection(OptionalInt.empty(), Optional.empty(), Optional.of(Frame.ECLIPTIC));
        open(file(map), given, m -> assertThat(m.frame()).isEqualTo(Frame.ECLIPTIC));
    }

    @Test
    void finerTilesRepeatThePixels() throws IOException {
        TestMap map = TestMap.wholeSky(2, "NESTED").column("V", 'E', 1, p -> p);
        open(file(map), ANY, m -> {
            byte[] data = new byte[16 * 16 * 4];
            for (int tile = 0; tile < 12; tile++) {
                assertThat(m.read(new TileAddress(0, tile), 16, data)).isTrue();
                for (int i = 0; i < 256; i++) {
                    long nested = tile * 256L + PixelOrder.nestedAt(16, i);
                    assertThat(m.format().physical(data, i)).isEqualTo((double) (nested >> 6));
                }
            }
            byte[] one = new byte[4];
            assertThat(m.read(new TileAddress(5, 12_287), 1, one)).isTrue();
            assertThat(m.format().physical(one, 0)).isEqualTo(47);
            assertThat(m.hasData(new TileAddress(5, 12_287))).isTrue();
            assertThatThrownBy(() -> m.read(new TileAddress(0, 0), 1, one))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void unpacksGzipAndTidiesUp() throws IOException {
        byte[] map = TestMap.wholeSky(8, "NESTED").column("V", 'E', 1, p -> p).bytes();
        Path packed = folder.resolve("map.fits.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(map);
        }
        open(packed, ANY, m -> assertPixels(m, 8, p -> p));
        Files.write(packed, java.util.Arrays.copyOf(Files.readAllBytes(packed), 300));
        assertThatThrownBy(() -> open(packed, ANY, m -> {}))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("map.fits.gz")
                .hasMessageContaining("damaged or truncated");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path file = folder.resolve("map.fits");
        assertThatThrownBy(() -> open(folder.resolve("none.fits"), ANY, m -> {}))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> open(folder, ANY, m -> {})).hasMessageContaining("found a folder");
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> open(file, ANY, m -> {})).hasMessageContaining("which starts with 'SIMPLE  ='");
        Files.write(
                file,
                new FitsCards()
                        .add("SIMPLE", true, "")
                        .add("BITPIX", 8, "")
                        .add("NAXIS", 2, "")
                        .add("NAXIS1", 10, "")
                        .add("NAXIS2", 10, "")
                        .bytes());
        assertThatThrownBy(() -> open(file, ANY, m -> {}))
                .hasMessageContaining("expected a HEALPix map")
                .hasMessageContaining("an image");
        TestMap noMap = TestMap.ofPixels(10).column("RA", 'D', 1, p -> p);
        assertThatThrownBy(() -> open(file(noMap), ANY, m -> {})).hasMessageContaining("tables in HDU 1");
    }

    @Test
    void saysWhatIsWrongWithAMap() throws IOException {
        assertRefused(TestMap.wholeSky(8, "RING").card("NSIDE", 12L), "power of two up to 2^29, found 12");
        assertRefused(TestMap.wholeSky(8, "RING").card("NSIDE", -8L), "found -8");
        assertRefused(TestMap.wholeSky(8, "RING").card("NSIDE", 16L), "expected 3072 pixels for NSIDE = 16");
        assertRefused(TestMap.wholeSky(8, "SPIRAL"), "expected ORDERING of RING, NESTED or NUNIQ, found 'SPIRAL'");
        assertRefused(TestMap.wholeSky(8, "NUNIQ"), "a column UNIQ");
        assertRefused(TestMap.wholeSky(8, "RING").card("TSCAL1", 0.0), "BSCALE must be finite and not 0");
        assertRefused(
                TestMap.ofPixels(700).card("PIXTYPE", "HEALPIX").card("ORDERING", "RING"),
                "found none, for 700 pixels");
        Path file = file(TestMap.wholeSky(64, "RING").column("V", 'E', 1, p -> p));
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 50_000));
        assertThatThrownBy(() -> open(file, ANY, m -> {}))
                .hasMessageContaining("expected 196608 bytes of table, found 44240: the file is truncated");
        HealpixMapFile.Selection third =
                new HealpixMapFile.Selection(OptionalInt.of(3), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> open(file(TestMap.wholeSky(8, "RING").column("V", 'E', 1, p -> p)), third, m -> {}))
                .hasMessageContaining("expected a table in HDU 3, found tables in HDU 1");
    }

    private void assertRefused(TestMap map, String message) throws IOException {
        Path file = file(map.column("V", 'E', 1, p -> p));
        assertThatThrownBy(() -> open(file, ANY, m -> {}))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("map.fits[1]")
                .hasMessageContaining(message);
    }

    @Test
    void aTableThatClaimsATrillionPixelsCostsNothing() throws IOException {
        TestMap map = TestMap.wholeSky(8, "RING").card("NSIDE", 262_144L).column("V", 'E', 1, p -> p);
        byte[] bytes = map.bytes();
        String header = new String(bytes, 2880, 2880, java.nio.charset.StandardCharsets.US_ASCII);
        byte[] lying = header.replace("NAXIS2  =                  768", "NAXIS2  =        1000000000000")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(lying, 0, bytes, 2880, 2880);
        Path file = Files.write(folder.resolve("map.fits"), bytes);
        assertThatThrownBy(() -> open(file, ANY, m -> {})).hasMessageContaining("4000000000000 bytes of table");
    }
}
