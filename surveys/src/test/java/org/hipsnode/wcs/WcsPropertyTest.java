package org.hipsnode.wcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.hipsnode.fits.FitsHeader;
import org.hipsnode.sky.Frame;
import org.hipsnode.wcs.projection.Projections;

/** Laws that hold for every header: there and back, and no header does harm. */
class WcsPropertyTest {

    @Provide
    Arbitrary<String> codes() {
        List<String> codes = new ArrayList<>(Projections.codes());
        codes.addAll(List.of("TPV", "GLS", ""));
        return Arbitraries.of(codes);
    }

    @Property(tries = 3000)
    void everyPixelThatIsOnTheSkyIsFoundAgain(
            @ForAll("codes") String code,
            @ForAll @Scale(9) @DoubleRange(min = 0, max = 359.9) double lon,
            @ForAll @Scale(9) @DoubleRange(min = -90, max = 90) double lat,
            @ForAll @Scale(9) @DoubleRange(min = -180, max = 180) double pole,
            @ForAll @Scale(9) @DoubleRange(min = -180, max = 180) double turn,
            @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 1000.5) double x,
            @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 1000.5) double y)
            throws IOException {
        Map<String, Object> cards = image(code, Math.abs(pole) / 600 + 0.001);
        cards.put("CRVAL1", lon);
        cards.put("CRVAL2", lat);
        cards.put("CROTA2", turn);
        cards.put("LONPOLE", pole);
        ImageWcs wcs;
        try {
            wcs = ImageWcs.of(Headers.of(cards));
        } catch (WcsException e) {
            assertThat(e).hasMessageContaining("LONPOLE");
            return;
        }
        checkThereAndBack(wcs, x, y);
        checkThereAndBack(wcs.in(Frame.GALACTIC), x, y);
    }

    private static void checkThereAndBack(ImageWcs wcs, double x, double y) {
        double[] vector = new double[3];
        if (!wcs.toVector(x, y, vector)) {
            return;
        }
        assertThat(Math.hypot(Math.hypot(vector[0], vector[1]), vector[2]) - 1).isBetween(-1e-12, 1e-12);
        double[] xy = new double[2];
        assertThat(wcs.toPixel(vector[0], vector[1], vector[2], xy)).isTrue();
        double[] again = new double[3];
        assertThat(wcs.toVector(xy[0], xy[1], again)).isTrue();
        // at a pole or at the map's edge another pixel may show the same; elsewhere it is the same one
        double off = Math.hypot(Math.hypot(again[0] - vector[0], again[1] - vector[1]), again[2] - vector[2]);
        assertThat(off).isLessThan(1e-12 + 1e-7 * Math.toRadians(wcs.pixelScale()));
    }

    private static Map<String, Object> image(String code, double scale) {
        Map<String, Object> cards = new LinkedHashMap<>(Map.of(
                "NAXIS", 2, "NAXIS1", 1000, "NAXIS2", 1000, "CRPIX1", 480.5, "CRPIX2", 520.5, "CDELT1", -scale,
                "CDELT2", scale));
        cards.put("CTYPE1", code.isEmpty() ? "RA" : "RA---" + code);
        cards.put("CTYPE2", code.isEmpty() ? "DEC" : "DEC--" + code);
        cards.put("RADESYS", "FK4");
        switch (code) {
            case "COP", "COE", "COD", "COO" -> cards.putAll(Map.of("PV2_1", 40.0, "PV2_2", 15.0));
            case "BON" -> cards.put("PV2_1", 30.0);
            case "ZPN" -> cards.putAll(Map.of("PV2_1", 1.0, "PV2_3", -0.05));
            case "SZP", "AZP" -> cards.putAll(Map.of("PV2_1", 2.0, "PV2_2", 20.0));
            case "TPV" -> cards.putAll(Map.of("PV1_4", 0.001, "PV1_11", 0.0005, "PV2_1", 1.01));
            default -> {}
        }
        return cards;
    }

    /** Values that headers should not have, and some that they should. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.doubles().between(-400, 400).map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.of(
                        "NaN",
                        "INF",
                        "deg",
                        "arcsec",
                        "T",
                        "FK4",
                        "J2000",
                        "0",
                        "-0.0",
                        "1E999",
                        "9",
                        "2147483648",
                        "x"));
    }

    @Provide
    Arbitrary<String> keywords() {
        List<String> keywords = new ArrayList<>(List.of(
                "NAXIS", "NAXIS1", "NAXIS2", "WCSAXES", "LONPOLE", "LATPOLE", "EQUINOX", "EPOCH", "RADESYS", "A_ORDER",
                "B_ORDER", "A_2_0", "B_0_2", "A_9_0", "CTYPE3", "ZIMAGE", "ZNAXIS"));
        for (String name : List.of("CRPIX", "CRVAL", "CDELT", "CROTA", "CUNIT")) {
            keywords.add(name + "1");
            keywords.add(name + "2");
        }
        for (String name : List.of("PC", "CD")) {
            keywords.addAll(List.of(name + "1_1", name + "1_2", name + "2_1", name + "2_2", name + "1_3"));
        }
        for (int m = 0; m < 40; m++) {
            keywords.add("PV1_" + m);
            keywords.add("PV2_" + m);
        }
        return Arbitraries.of(keywords);
    }

    @Provide
    Arbitrary<Map<String, String>> changes() {
        return Combinators.combine(keywords(), values())
                .as(Map::entry)
                .list()
                .ofMaxSize(8)
                .map(entries -> {
                    Map<String, String> changes = new LinkedHashMap<>();
                    entries.forEach(entry -> changes.put(entry.getKey(), entry.getValue()));
                    return changes;
                });
    }

    @Property(tries = 5000)
    void noHeaderDoesMoreHarmThanAWcsException(
            @ForAll("codes") String code,
            @ForAll("changes") Map<String, String> changes,
            @ForAll @Scale(6) @DoubleRange(min = -2000, max = 2000) double x,
            @ForAll @Scale(6) @DoubleRange(min = -2000, max = 2000) double y)
            throws IOException {
        Map<String, Object> cards = image(code, 0.05);
        cards.putAll(changes);
        FitsHeader header = Headers.of(cards);
        ImageWcs wcs;
        try {
            wcs = ImageWcs.of(header);
        } catch (WcsException e) {
            assertThat(e).hasMessageContaining("expected").hasMessageContaining("found");
            return;
        }
        double[] vector = new double[3];
        double[] xy = new double[2];
        if (wcs.toVector(x, y, vector)) {
            assertThat(vector).doesNotContain(Double.NaN);
        }
        if (wcs.toPixel(Math.toRadians(x), Math.toRadians(y), xy)) {
            assertThat(xy).doesNotContain(Double.NaN);
        }
        assertThat(wcs.width()).isPositive();
    }

    @Property(tries = 2000)
    void anyTextMayStandWhereAKindOfCoordinateIsExpected(@ForAll String first, @ForAll String second)
            throws IOException {
        Map<String, Object> cards = image("TAN", 0.05);
        cards.put("CTYPE1", first);
        cards.put("CTYPE2", second);
        try {
            assertThat(ImageWcs.of(Headers.of(cards)).xAxis()).isEqualTo(1);
        } catch (WcsException e) {
            assertThat(e.kind()).isIn(WcsException.Kind.NO_WCS, WcsException.Kind.INCONSISTENT_AXES);
        }
    }
}
