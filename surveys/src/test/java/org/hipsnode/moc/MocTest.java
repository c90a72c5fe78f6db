package org.hipsnode.moc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hipsnode.Oracle;
import org.hipsnode.SharedData;
import org.hipsnode.healpix.Cone;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MocTest {

    @Test
    void agreesWithTheCdsLibraryOnTheAlgebra() throws IOException {
        for (String[] row : Oracle.rows("moc-algebra.tsv")) {
            Moc a = MocText.parseJson(row[0]);
            Moc b = MocText.parseJson(row[1]);
            assertThat(cells(a.union(b))).isEqualTo(cells(row[2]));
            assertThat(cells(a.intersection(b))).isEqualTo(cells(row[3]));
            assertThat(cells(a.minus(b))).isEqualTo(cells(row[4]));
            assertThat(cells(a.complement())).isEqualTo(cells(row[5]));
            assertThat(a.skyFraction()).isCloseTo(Oracle.number(row[6]), within(1e-15));
        }
    }

    private static Set<String> cells(String json) throws IOException {
        return json.isEmpty() ? Set.of() : cells(MocText.parseJson(json));
    }

    private static Set<String> cells(Moc moc) {
        Set<String> cells = new TreeSet<>();
        moc.forEachCell((order, index) -> cells.add(order + "/" + index));
        return cells;
    }

    @Test
    void readsTheFitsFileOfTheCdsLibrary() throws IOException {
        byte[] fits = resource("/oracle/moc-cds.fits");
        Moc expected = MocText.parseJson(
                new String(resource("/oracle/moc-cds.json"), java.nio.charset.StandardCharsets.UTF_8));
        MocFits.Content content = MocFits.read(fits, "moc-cds.fits");
        assertThat(cells(content.moc())).isEqualTo(cells(expected));
        assertThat(content.coordsys()).contains("C");
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = MocTest.class.getResourceAsStream(name)) {
            return java.util.Objects.requireNonNull(in).readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "low_extinction_moc_NUNIQ.fits, 0.86736615, 1e-8",
        "low_extinction_moc_RANGE.fits, 0.86736615, 1e-8",
        "P-GALEXGR6-AIS-FUV.fits, 0.682103, 1e-6",
        "CDS-I-125A-catalog_MOC.fits, 0.0162341, 1e-7",
        "polygon_moc.fits, 0.00295003, 1e-8",
        "CDS_V_123A_cv.fits, 3.42131e-05, 1e-10"
    })
    void findsTheKnownSkyFractionOfRealFiles(String name, double fraction, double tolerance) throws IOException {
        assertThat(shared(name).skyFraction()).isCloseTo(fraction, within(tolerance));
    }

    private static Moc shared(String name) throws IOException {
        return MocFits.read(Files.readAllBytes(SharedData.require("moc/" + name)), name)
                .moc();
    }

    @Test
    void bothCodingsOfOneRealCoverageAreTheSameMoc() throws IOException {
        Moc nuniq = shared("low_extinction_moc_NUNIQ.fits");
        assertThat(nuniq).isEqualTo(shared("low_extinction_moc_RANGE.fits"));
        assertThat(cells(nuniq)).hasSize(35_125);
        assertThat(nuniq.rangeCount()).isEqualTo(13_931);
    }

    @Test
    void readsTheAsciiTwinOfARealFile() throws IOException {
        String ascii = Files.readString(SharedData.require("moc/smoc.ascii.txt"));
        assertThat(shared("SMOC.fits")).isEqualTo(MocText.parseAscii(ascii));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TMOC.fits", "STMOC.fits"})
    void refusesCoverageInTime(String name) {
        SharedData.require("moc/" + name);
        assertThatThrownBy(() -> shared(name))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("expected a space MOC");
    }

    @Property
    void setLawsHold(@ForAll("mocs") Moc a, @ForAll("mocs") Moc b) {
        assertThat(a.union(b).complement().degraded(0).order()).isZero();
        int order = Math.max(a.order(), b.order());
        assertThat(cells(a.union(b))).isEqualTo(cells(b.union(a)));
        assertThat(cells(a.minus(b))).isEqualTo(cells(a.intersection(b.complement())));
        assertThat(cells(a.union(b).complement()))
                .isEqualTo(cells(a.complement().intersection(b.complement())));
        assertThat(a.complement().complement()).isEqualTo(a);
        assertThat(a.union(a.complement()).isFullSky()).isTrue();
        assertThat(a.intersection(a.complement()).isEmpty()).isTrue();
        assertThat(a.union(b).order()).isEqualTo(order);
        assertThat(a.union(b).skyFraction())
                .isCloseTo(a.skyFraction() + b.skyFraction() - a.intersection(b).skyFraction(), within(1e-12));
    }

    @Property
    void answersForCellsAsASlowSetWould(@ForAll("mocs") Moc moc, @ForAll @IntRange(max = 4) int order) {
        Set<Long> deepest = new TreeSet<>();
        moc.forEachTouchedCell(7, (o, cell) -> deepest.add(cell));
        int shift = 2 * (7 - order);
        Map<Long, Long> counts =
                deepest.stream().collect(Collectors.groupingBy(c -> c >> shift, Collectors.counting()));
        for (long cell = 0; cell < HealpixGrid.pixelCount(order); cell++) {
            long inside = counts.getOrDefault(cell, 0L);
            assertThat(moc.touchesCell(order, cell)).isEqualTo(inside > 0);
            assertThat(moc.containsCell(order, cell)).isEqualTo(inside == 1L << shift);
        }
        assertThat(moc.countTouchedCells(order))
                .isEqualTo(deepest.stream().map(c -> c >> shift).distinct().count());
        assertThat(moc.degraded(order).countTouchedCells(order)).isEqualTo(moc.countTouchedCells(order));
    }

    @Property
    void everyFormReadsBack(@ForAll("mocs") Moc moc) throws IOException {
        assertThat(MocText.parseAscii(moc.toString())).isEqualTo(moc);
        assertThat(MocText.parseJson(MocText.json(moc))).isEqualTo(moc);
        for (MocFits.Encoding encoding : MocFits.Encoding.values()) {
            MocFits.Content content = MocFits.read(MocFits.write(moc, 'G', encoding), "moc");
            assertThat(content.moc()).isEqualTo(moc);
            assertThat(content.coordsys()).contains("G");
        }
    }

    @Provide
    Arbitrary<Moc> mocs() {
        Arbitrary<long[]> cell = Arbitraries.integers()
                .between(0, 7)
                .flatMap(order -> Arbitraries.longs()
                        .between(0, HealpixGrid.pixelCount(order) - 1)
                        .map(index -> new long[] {order, index}));
        return cell.list().ofMaxSize(30).map(cells -> {
            Moc.Builder builder = new Moc.Builder(7);
            cells.stream().filter(c -> c[0] > 1).forEach(c -> builder.add((int) c[0], c[1]));
            return builder.build();
        });
    }

    @Test
    void finestCellsOfAllOrdersSurviveFits() throws IOException {
        for (int order = 0; order <= 29; order++) {
            Moc moc = new Moc.Builder(order)
                    .add(order, HealpixGrid.pixelCount(order) - 1)
                    .add(order, 0)
                    .build();
            for (MocFits.Encoding encoding : MocFits.Encoding.values()) {
                assertThat(MocFits.read(MocFits.write(moc, 'C', encoding), "moc")
                                .moc())
                        .isEqualTo(moc);
            }
        }
    }

    /** standards.md §11. */
    @ParameterizedTest
    @CsvSource({"0, 0, 4", "0, 11, 15", "1, 0, 16", "29, 0, 1152921504606846976"})
    void numbersCells(int order, long index, long nuniq) {
        assertThat(Nuniq.of(order, index)).isEqualTo(nuniq);
        assertThat(Nuniq.order(nuniq)).isEqualTo(order);
        assertThat(Nuniq.index(nuniq)).isEqualTo(index);
        assertThat(Nuniq.isValid(nuniq)).isTrue();
        assertThat(Nuniq.isValid(3)).isFalse();
        assertThat(Nuniq.isValid(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void writesTheExampleOfTheStandard() throws IOException {
        String ascii = "1/1-2 4 2/12-14 21 23 25 8/";
        Moc moc = MocText.parseAscii(ascii);
        assertThat(moc).hasToString(ascii);
        assertThat(MocText.json(moc)).isEqualTo("{\"1\":[1,2,4],\"2\":[12,13,14,21,23,25],\"8\":[]}");
        assertThat(MocText.parseAscii("s1/1,2,4 2/12-14,21,23 25\n8/")).isEqualTo(moc);
        assertThat(MocText.parseAscii("2/0 1 2 3")).hasToString("1/0 2/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30/1", "1", "1/48", "1/2-1", "x/1", "1/x", "1/-1", "3/99999999999999999999"})
    void refusesWhatIsNoAsciiMoc(String text) {
        assertThatThrownBy(() -> MocText.parseAscii(text))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"1\":1}",
                "{\"1\":[1",
                "{\"1\":[\"a\"]}",
                "{\"30\":[1]}",
                "{\"1\":[1]}x",
                "{\"1\":[1.5]}"
            })
    void refusesWhatIsNoJsonMoc(String text) {
        assertThatThrownBy(() -> MocText.parseJson(text)).isInstanceOf(MalformedDataException.class);
    }

    @Property(tries = 2000)
    void anyTextIsAMocOrRefusedInOneWay(@ForAll("mocTexts") String text) {
        for (ThrowingParser parser : List.<ThrowingParser>of(MocText::parseAscii, MocText::parseJson)) {
            try {
                parser.parse(text);
            } catch (IOException e) {
                assertThat(e).isInstanceOf(MalformedDataException.class);
            }
        }
    }

    @FunctionalInterface
    private interface ThrowingParser {
        Moc parse(String text) throws IOException;
    }

    @Provide
    Arbitrary<String> mocTexts() {
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.of("1/", "2", "-", " ", ",", "{", "}", "[", "]", "\"3\":", "29", "s", "\0")
                        .list()
                        .ofMaxSize(12)
                        .map(l -> String.join("", l)));
    }

    @Property(tries = 1000)
    void anyFitsMocIsReadOrRefusedInOneWay(
            @ForAll List<@IntRange(min = 0, max = 8639) Integer> places, @ForAll byte value) {
        byte[] file = MocFits.write(Moc.fullSky(3), 'C', MocFits.Encoding.NUNIQ);
        for (int place : places) {
            file[place % file.length] = value;
        }
        try {
            MocFits.read(file, "fuzz");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("fuzz");
        }
    }

    @Test
    void holdsThePointsOfItsRegion() {
        SkyPoint centre = SkyPoint.ofDegrees(83.63, 22.01);
        Moc moc = Moc.touching(Cone.around(centre, Math.toRadians(2)), 8);
        assertThat(moc.contains(centre)).isTrue();
        assertThat(moc.contains(SkyPoint.ofDegrees(83.63, 25))).isFalse();
        assertThat(moc.skyFraction()).isBetween(0.0003, 0.0004);
    }

    @Test
    void turnsIntoAnotherFrameAndBack() {
        Cone pole = Cone.around(SkyPoint.ofDegrees(0, 90), Math.toRadians(10));
        Moc galactic = Moc.touching(pole, 7);
        Moc icrs = MocRotation.rotate(galactic, Frame.GALACTIC, Frame.EQUATORIAL);
        assertThat(icrs.contains(SkyPoint.ofDegrees(192.859, 27.128))).isTrue();
        assertThat(icrs.contains(SkyPoint.ofDegrees(12.859, -27.128))).isFalse();
        // at most a ring of cells, 0.46° wide, is added round the circle of 10°
        double ring = 2 * Math.PI * 10 * 0.46 / 41_253;
        assertThat(icrs.skyFraction()).isBetween(galactic.skyFraction(), galactic.skyFraction() + ring);
        assertThat(galactic.minus(MocRotation.rotate(icrs, Frame.EQUATORIAL, Frame.GALACTIC))
                        .isEmpty())
                .isTrue();
        assertThat(MocRotation.rotate(Moc.fullSky(9), Frame.GALACTIC, Frame.EQUATORIAL)
                        .isFullSky())
                .isTrue();
    }

    /** The fast turning against the plain one: every cell, sampled. */
    @Property(tries = 30)
    void turnsEveryCellThatAPlainSearchFinds(@ForAll("mocs") Moc moc) {
        Moc turned = MocRotation.rotate(moc.degraded(5), Frame.GALACTIC, Frame.EQUATORIAL);
        HealpixGrid grid = HealpixGrid.ofOrder(5);
        List<Long> missing = new ArrayList<>();
        for (long cell = 0; cell < grid.pixelCount(); cell++) {
            SkyPoint old = Frame.GALACTIC
                    .fromIcrs(Frame.EQUATORIAL.toIcrs(grid.centre(cell).vector()))
                    .point();
            if (moc.degraded(5).contains(old) && !turned.containsCell(5, cell)) {
                missing.add(cell);
            }
        }
        assertThat(missing.stream().map(String::valueOf).collect(Collectors.toList()))
                .isEmpty();
    }

    @Test
    void refusesCellsThatDoNotExist() {
        assertThatThrownBy(() -> new Moc.Builder(3).add(1, 48)).hasMessageContaining("0 to 47 at order 1, found 48");
        assertThatThrownBy(() -> new Moc.Builder(30)).hasMessageContaining("0 to 29, found 30");
        assertThatThrownBy(() -> new Moc.Builder(3).addRange(5, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
