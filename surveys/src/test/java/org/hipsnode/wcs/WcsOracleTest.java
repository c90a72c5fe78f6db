package org.hipsnode.wcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.hipsnode.Oracle;
import org.hipsnode.SharedData;
import org.hipsnode.fits.FitsFile;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;

/** Compares with what astropy.wcs found; the tables are made by oracle/wcs.py. */
class WcsOracleTest {
    private static final double DEGREES = 1e-9;
    private static final double PIXELS = 1e-9;
    private static final double MILLIARCSECOND = Math.toRadians(1 / 3600e3);

    @Test
    void agreesWithAstropyOnRandomHeaders() throws IOException {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        String name = "";
        Optional<ImageWcs> wcs = Optional.empty();
        for (String[] row : Oracle.rows("wcs.tsv")) {
            switch (row[0]) {
                case "H" -> {
                    name = row[1];
                    wcs = Optional.of(ImageWcs.of(Headers.of(row[2])));
                }
                case "X" ->
                    assertThatThrownBy(() -> ImageWcs.of(Headers.of(row[2])))
                            .isInstanceOf(WcsException.class)
                            .hasMessageContaining("LONPOLE");
                case "P" -> comparePixel(wrong, name, wcs.orElseThrow(), row);
                default -> compareSky(wrong, name, wcs.orElseThrow(), row);
            }
            compared++;
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(1800);
    }

    private static void comparePixel(List<String> wrong, String name, ImageWcs wcs, String[] row) {
        double x = Oracle.number(row[1]);
        double y = Oracle.number(row[2]);
        double[] lonLat = new double[2];
        boolean found = wcs.toSky(x, y, lonLat);
        String what = name + " at pixel " + x + ", " + y;
        if (row[3].equals("nan")) {
            note(wrong, !found || repeats(wcs), what + ": a place on the sky");
            return;
        }
        note(wrong, found && Math.toDegrees(distance(lonLat, row, 3)) < DEGREES, what + ": another place on the sky");
        double[] xy = new double[2];
        found = wcs.toPixel(Math.toRadians(Oracle.number(row[3])), Math.toRadians(Oracle.number(row[4])), xy);
        double off = Math.hypot(xy[0] - x, xy[1] - y);
        if (found && repeats(wcs) && off > 1) {
            // of a map of more than 360° another place may show the same
            found = wcs.toSky(xy[0], xy[1], lonLat) && Math.toDegrees(distance(lonLat, row, 3)) < DEGREES;
            off = 0;
        }
        note(wrong, found && off < pixels(name, wcs), what + ": found again " + off + " pixels beside");
    }

    private static void note(List<String> wrong, boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
    }

    /** WCSLIB takes an arc sine near the pole for the slant projections, which loses digits; ours does not. */
    private static double pixels(String name, ImageWcs wcs) {
        return name.startsWith("SIN") || name.startsWith("NCP") || name.startsWith("SZP")
                ? Math.max(PIXELS, DEGREES / wcs.pixelScale())
                : PIXELS;
    }

    private static void compareSky(List<String> wrong, String name, ImageWcs wcs, String[] row) {
        double[] xy = new double[2];
        boolean found = wcs.toPixel(Math.toRadians(Oracle.number(row[1])), Math.toRadians(Oracle.number(row[2])), xy);
        String what = name + " at " + row[1] + "°, " + row[2] + "°";
        boolean expected = !row[3].equals("nan");
        // of SZP, WCSLIB's limb is up to a degree beside the true one, where a line from P touches the sphere
        note(wrong, found == expected || name.startsWith("SZP"), what + ": found is " + found);
        if (found && expected && !repeats(wcs)) {
            double far = Math.hypot(Oracle.number(row[3]), Oracle.number(row[4]));
            double off = Math.hypot(xy[0] - Oracle.number(row[3]), xy[1] - Oracle.number(row[4]));
            note(wrong, off < PIXELS + 1e-13 * far, what + ": " + off + " pixels beside");
        }
    }

    /** Where the plane repeats itself we show more than WCSLIB, which stops at ±180°. */
    private static boolean repeats(ImageWcs wcs) {
        return wcs.period() > 0;
    }

    private static double distance(double[] lonLat, String[] row, int column) {
        return new SkyPoint(lonLat[0], lonLat[1])
                .angleTo(SkyPoint.ofDegrees(Oracle.number(row[column]), Oracle.number(row[column + 1])));
    }

    @Test
    void turnsEveryFrameIntoIcrsAsAstropyDoes() throws IOException {
        for (String[] row : Oracle.rows("wcs-frames.tsv")) {
            ImageWcs wcs = ImageWcs.of(Headers.of(frameCards(row[0], row[1])));
            double[] xy = new double[2];
            assertThat(wcs.toPixel(Math.toRadians(Oracle.number(row[2])), Math.toRadians(Oracle.number(row[3])), xy))
                    .isTrue();
            ImageWcs icrs = wcs.in(Frame.EQUATORIAL);
            double[] lonLat = new double[2];
            assertThat(icrs.toSky(xy[0], xy[1], lonLat)).isTrue();
            assertThat(distance(lonLat, row, 4))
                    .as(String.join(" ", row))
                    .isLessThan(row[0].equals("ELON") ? 100 * MILLIARCSECOND : MILLIARCSECOND);
            double[] back = new double[2];
            assertThat(icrs.toPixel(lonLat[0], lonLat[1], back)).isTrue();
            assertThat(Math.hypot(back[0] - xy[0], back[1] - xy[1])).isLessThan(1e-9);
        }
    }

    private static String frameCards(String name, String equinox) {
        String common = "NAXIS=2|NAXIS1=360|NAXIS2=180|CRPIX1=180|CRPIX2=90|";
        if (name.endsWith("LON")) {
            return common + "CTYPE1=" + name + "-CAR|CTYPE2=" + name.charAt(0) + "LAT-CAR|EQUINOX=" + equinox;
        }
        return common + "CTYPE1=RA---CAR|CTYPE2=DEC--CAR|RADESYS=" + name + "|EQUINOX=" + equinox;
    }

    @Test
    void agreesWithAstropyOnRealImages() throws IOException {
        SharedData.require("wcs");
        List<String> seen = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String[] row : Oracle.rows("wcs-real.tsv")) {
            if (row[0].contains("solar") && !row[0].contains("heliographic")) {
                continue;
            }
            seen.add(row[0]);
            String[] pixel = {"P", row[2], row[3], row[4], row[5]};
            comparePixel(wrong, row[0] + "[" + row[1] + "]", real(row[0], row[1]), pixel);
        }
        assertThat(wrong).isEmpty();
        assertThat(seen.stream().distinct()).hasSizeGreaterThan(10);
    }

    private static ImageWcs real(String name, String hdu) throws IOException {
        return ImageWcs.of(FitsFile.hdus(content(SharedData.require(name)), name)
                .get(Integer.parseInt(hdu))
                .header());
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return plain.readAllBytes();
        }
    }
}
