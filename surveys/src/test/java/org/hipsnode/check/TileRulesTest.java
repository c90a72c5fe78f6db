package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;
import static org.hipsnode.check.SmallSurvey.name;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.fits.FitsImage;
import org.hipsnode.fits.FitsTile;
import org.hipsnode.fits.PixelFormat;
import org.hipsnode.fits.PixelType;
import org.hipsnode.moc.Moc;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;

/** HiPS 1.0 §4.2.1 and §4.2.2. */
class TileRulesTest {
    private static final String FITS = name(3, 42, TileFormat.FITS);
    private static final String PNG = name(3, 42, TileFormat.PNG);
    private static final String JPEG = name(3, 42, TileFormat.JPEG);

    @Test
    void haveNothingToSayOfGoodTiles() throws IOException {
        assertSilent(SmallSurvey.ofImages().check());
        assertSilent(SmallSurvey.ofImages().checkFromAfar());
        assertSilent(SmallSurvey.ofRows().check());
        assertSilent(SmallSurvey.ofRows().checkFromAfar());
    }

    @Test
    void tellOfATileOfAnotherFormat() throws IOException {
        byte[] png = SmallSurvey.picture(TileFormat.PNG, 8, 8);
        assertOnly(SmallSurvey.ofImages().with(JPEG, png).check(), Severity.ERROR, JPEG, "expected jpeg", "found png");
        assertOnly(SmallSurvey.ofImages().with(FITS, png).check(), Severity.ERROR, FITS, "expected fits", "found png");
        assertOnly(
                SmallSurvey.ofImages().with(PNG, "<html>404</html>").check(),
                Severity.ERROR,
                PNG,
                "expected png",
                "something else");
    }

    @Test
    void tellOfATileThatIsCutOff() throws IOException {
        for (String name : List.of(FITS, PNG, JPEG)) {
            SmallSurvey survey = SmallSurvey.ofImages();
            byte[] whole = survey.file(name);
            assertOnly(
                    survey.with(name, Arrays.copyOf(whole, name.equals(FITS) ? 2900 : whole.length - 30))
                            .check(),
                    Severity.ERROR,
                    name);
        }
    }

    @Test
    void tellOfATileThatIsNoSquareOfAPowerOfTwo() throws IOException {
        for (int[] size : new int[][] {{8, 4}, {12, 12}}) {
            String found = size[0] + "×" + size[1];
            for (TileFormat format : List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG)) {
                assertOnly(
                        SmallSurvey.ofImages()
                                .with(name(3, 42, format), SmallSurvey.picture(format, size[0], size[1]))
                                .check(),
                        Severity.ERROR,
                        name(3, 42, format),
                        "a square with a power of two",
                        found);
            }
        }
    }

    @Test
    void tellOfATileOfAnotherWidth() throws IOException {
        assertOnly(
                SmallSurvey.ofImages()
                        .with(PNG, SmallSurvey.picture(TileFormat.PNG, 16, 16))
                        .check(),
                Severity.ERROR,
                PNG,
                "expected width 8",
                "hips_tile_width",
                "found 16");
    }

    @Test
    void lookAtTheTilesAboveToo() throws IOException {
        String above = name(1, 2, TileFormat.PNG);
        assertFound(SmallSurvey.ofImages().with(above, "text").check(), Severity.ERROR, above, "expected png");
        assertFound(SmallSurvey.ofImages().with(above, "text").checkFromAfar(), Severity.ERROR, above, "expected png");
    }

    @Test
    void compareTheNumberTypeWithTheKeyword() throws IOException {
        Findings findings =
                SmallSurvey.ofImages().saying("hips_pixel_bitpix", "-32").check();
        assertFound(findings, Severity.ERROR, FITS, "BITPIX = -32", "found 16");
        assertThat(findings.all()).allSatisfy(f -> assertThat(f.object()).endsWith(".fits"));
    }

    @Test
    void tellOfDamageThatTheSumsReveal() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        byte[] tile = survey.file(FITS);
        tile[2880 + 7] ^= 1;
        assertOnly(survey.with(FITS, tile).check(), Severity.ERROR, FITS, "DATASUM", "damaged");
    }

    @Test
    void adviseAgainstGzipAndTrimming() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(survey.file(FITS));
        }
        assertOnly(survey.with(FITS, packed.toByteArray()).check(), Severity.WARNING, FITS, "gzip", "deprecated");
        byte[] trimmed = FitsImage.encode(
                4,
                4,
                new PixelFormat(PixelType.INT16, 1, 0, -1L),
                new byte[32],
                cards -> cards.add("ONAXIS1", 8, "")
                        .add("ONAXIS2", 8, "")
                        .add("TRIM1", 0, "")
                        .add("TRIM2", 0, ""));
        assertOnly(SmallSurvey.ofImages().with(FITS, trimmed).check(), Severity.INFO, FITS, "trimmed", "older viewers");
    }

    @Test
    void lookAtWebpTiles() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages().saying("hips_tile_format", "webp");
        for (TileFormat format : List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG)) {
            survey.without(format);
        }
        SmallSurvey.tiles()
                .forEach(t -> survey.with(name(t.order(), t.index(), TileFormat.WEBP), SmallSurvey.webp(8, 8)));
        survey.with("Norder3/Allsky.webp", SmallSurvey.webp(27 * 8, 29 * 8));
        assertSilent(survey.check());
        String tile = name(3, 700, TileFormat.WEBP);
        assertOnly(survey.with(tile, SmallSurvey.webp(16, 16)).check(), Severity.ERROR, tile, "expected width 8", "16");
        assertOnly(
                survey.with(tile, Arrays.copyOf(SmallSurvey.webp(8, 8), 35)).check(), Severity.ERROR, tile, "cut off");
    }

    @Test
    void lookAtTheTablesOfACatalogue() throws IOException {
        String tile = "Norder2/Dir0/Npix10.tsv";
        assertOnly(SmallSurvey.ofRows().with(tile, "no columns\n").check(), Severity.ERROR, tile, "column names");
        assertOnly(SmallSurvey.ofRows().with(tile, "# only\n").check(), Severity.ERROR, tile, "column names");
        assertOnly(
                SmallSurvey.ofRows().with(tile, "# c\nra\tdec\n1\t2\n3\n").check(),
                Severity.ERROR,
                tile,
                "expected 2 columns");
        assertSilent(
                SmallSurvey.ofRows().with(tile, "# c\r\nra\tdec\r\n1\t\r\n").check());
    }

    @Test
    void missTilesThatTheCoveragePromisesFarAway() throws IOException {
        assertOnly(
                SmallSurvey.ofImages().without(name(3, 43, TileFormat.FITS)).checkFromAfar(),
                Severity.ERROR,
                name(3, 43, TileFormat.FITS),
                "missing",
                "Moc.fits covers it");
        assertFound(
                SmallSurvey.ofImages().without(name(2, 10, TileFormat.JPEG)).checkFromAfar(),
                Severity.ERROR,
                name(2, 10, TileFormat.JPEG),
                "missing");
    }

    @Test
    void doNotMissOrdersThatTheListDoesNotPromise() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages().notSaying("hips_order_min");
        for (TileFormat format : SmallSurvey.formats()) {
            for (TileAddress tile : SmallSurvey.tiles()) {
                if (tile.order() < 3) {
                    survey.without(name(tile.order(), tile.index(), format));
                }
            }
        }
        assertOnly(survey.checkFromAfar(), Severity.WARNING, "hips_order_min", "missing: Aladin Lite");
        SmallSurvey rows = SmallSurvey.ofRows().notSaying("hips_order_min");
        assertOnly(rows.checkFromAfar(), Severity.WARNING, "hips_order_min", "missing: Aladin Lite");
    }

    @Test
    void lookForFirstTilesWhereNoCoverageHelps() throws IOException {
        assertOnly(SmallSurvey.ofImages().without("Moc.fits").checkFromAfar(), Severity.WARNING, "Moc.fits", "missing");
        SmallSurvey empty = SmallSurvey.ofImages().without("Moc.fits").without(TileFormat.PNG);
        assertFound(empty.checkFromAfar(), Severity.ERROR, "Norder0", "no png tile found");
        Moc otherFrame = new Moc.Builder(3).add(3, 5).build();
        assertOnly(
                SmallSurvey.ofImages()
                        .notSaying("moc_sky_fraction")
                        .coverage(otherFrame, 'E')
                        .checkFromAfar(),
                Severity.WARNING,
                "Moc.fits",
                "COORDSYS");
    }

    @Test
    void askForFewTilesOfAHugeSurvey() throws IOException {
        List<String> asked = new ArrayList<>();
        SmallSurvey survey = SmallSurvey.ofImages()
                .saying("hips_order", "20")
                .saying("moc_sky_fraction", "1")
                .coverage(Moc.fullSky(20), 'C');
        SurveyStore far = survey.farAway();
        Findings findings = SurveyCheck.check(
                (name, limit) -> {
                    asked.add(name);
                    return far.read(name, limit);
                },
                Optional.empty());
        assertFound(findings, Severity.ERROR, name(20, 0, TileFormat.PNG), "Moc.fits covers it");
        assertFound(findings, Severity.ERROR, name(20, (12L << 40) - 1, TileFormat.PNG), "Moc.fits covers it");
        assertThat(asked).hasSizeLessThan(3 * 3 * 21 + 10);
    }

    @Test
    void tellOfATileThatCannotBeReadAndGoOn() throws IOException {
        SurveyStore far = SmallSurvey.ofImages().farAway();
        Findings findings = SurveyCheck.check(
                (name, limit) -> {
                    if (name.endsWith("png")) {
                        throw new IOException("connection reset: " + name);
                    }
                    return far.read(name, limit);
                },
                Optional.empty());
        assertFound(findings, Severity.ERROR, PNG, "connection reset");
        assertFound(findings, Severity.ERROR, "Norder3/Allsky.png", "connection reset");
        assertThat(findings.all()).allSatisfy(f -> {
            assertThat(f.object()).endsWith(".png");
            assertThat(f.message()).contains("connection reset");
        });
    }

    @Test
    void acceptTilesOfAllNumberTypes() throws IOException {
        for (PixelType type : PixelType.values()) {
            SmallSurvey survey = SmallSurvey.ofImages().saying("hips_pixel_bitpix", Integer.toString(type.bitpix()));
            for (TileAddress tile : SmallSurvey.tiles()) {
                byte[] pixels = new byte[64 * type.bytes()];
                survey.with(
                        name(tile.order(), tile.index(), TileFormat.FITS),
                        FitsTile.encode(tile, 8, Frame.EQUATORIAL, PixelFormat.of(type), pixels, ""));
            }
            assertSilent(survey.check());
        }
    }
}
