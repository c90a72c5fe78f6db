package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;
import static org.hipsnode.check.SmallSurvey.name;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HiPS 1.0 §4.1, for surveys whose files can be listed. */
class TreeRulesTest {

    @Test
    void tellOfEmptyFilesWhereverTheyAre() throws IOException {
        Findings findings = SmallSurvey.ofImages()
                .with(name(2, 10, TileFormat.PNG), new byte[0])
                .with("index.html", new byte[0])
                .check();
        assertFound(findings, Severity.ERROR, "Norder2/Dir0/Npix10.png", "empty");
        assertFound(findings, Severity.ERROR, "index.html", "empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Norder3/Dir0/notes.txt",
                "Norder3/Dir0/Npix42.jpeg",
                "Norder3/Dir0/Npix768.png",
                "Norder3/Dir0/Npix042.png",
                "Norder30/Dir0/Npix0.png",
                "Norder3/Npix42.png",
                "Norder3/Dir10000/Npix42.png"
            })
    void tellOfStrangersAmongTheTiles(String stranger) throws IOException {
        assertOnly(
                SmallSurvey.ofImages().with(stranger, new byte[1]).check(),
                Severity.WARNING,
                stranger,
                "not the name of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"index.html", "HpxFinder/Norder3/Dir0/Npix42", "HpxFinder/properties", "SMoc.fits", "README.md"})
    void haveNothingAgainstOtherFiles(String name) throws IOException {
        assertSilent(SmallSurvey.ofImages().with(name, new byte[1]).check());
    }

    @Test
    void compareTheFormatsWithTheKeyword() throws IOException {
        assertFound(
                SmallSurvey.ofImages()
                        .saying("hips_tile_format", "fits png jpeg webp")
                        .check(),
                Severity.ERROR,
                "hips_tile_format",
                "says webp",
                "no such tile");
        assertOnly(
                SmallSurvey.ofImages().saying("hips_tile_format", "fits png").check(),
                Severity.WARNING,
                "hips_tile_format",
                "does not say jpeg");
    }

    /** A real survey of CDS keeps FITS tiles of its deepest order that its keyword list does not offer. */
    @Test
    void leaveTilesAloneThatNobodyIsTold() throws IOException {
        assertOnly(
                SmallSurvey.ofImages()
                        .saying("hips_tile_format", "png fits")
                        .without(name(2, 10, TileFormat.JPEG))
                        .check(),
                Severity.WARNING,
                "hips_tile_format",
                "does not say jpeg");
    }

    @Test
    void missTheTilesAboveATile() throws IOException {
        assertOnly(
                SmallSurvey.ofImages().without(name(2, 10, TileFormat.PNG)).check(),
                Severity.ERROR,
                "Norder2/Dir0/Npix10.png",
                "missing",
                "below");
        assertOnly(
                SmallSurvey.ofImages().without(name(0, 10, TileFormat.FITS)).check(),
                Severity.ERROR,
                "Norder0/Dir0/Npix10.fits",
                "missing",
                "below");
    }

    @Test
    void countTheMissingBeyondTheFirstTen() throws IOException {
        SmallSurvey survey =
                SmallSurvey.ofImages().saying("hips_order_min", "2").without("Moc.fits");
        for (int i = 100; i < 148; i++) {
            survey.with(name(3, i, TileFormat.PNG), survey.file(name(3, 42, TileFormat.PNG)));
        }
        Findings findings = survey.check();
        assertFound(findings, Severity.ERROR, "Norder2/Dir0/Npix25.png", "missing");
        assertFound(findings, Severity.ERROR, "Norder2/Dir0/Npix34.png", "missing");
        assertFound(findings, Severity.ERROR, "and 2 more", "missing");
    }

    @Test
    void startAtTheOrderThatTheListSays() throws IOException {
        SmallSurvey survey = withoutFirstOrders().saying("hips_order_min", "2");
        assertSilent(survey.check());
        assertFound(
                survey.saying("hips_order_min", "1").check(),
                Severity.ERROR,
                "hips_order_min",
                "says 1",
                "have order 2");
    }

    private static SmallSurvey withoutFirstOrders() {
        SmallSurvey survey = SmallSurvey.ofImages();
        SmallSurvey.tiles().stream().filter(tile -> tile.order() < 2).forEach(tile -> {
            for (TileFormat format : SmallSurvey.formats()) {
                survey.without(TreeName.tile(tile, format).toString());
            }
        });
        return survey;
    }

    @Test
    void startAtTheFirstOrderThereIsWhereTheListSaysNothing() throws IOException {
        assertOnly(
                withoutFirstOrders().notSaying("hips_order_min").check(),
                Severity.WARNING,
                "hips_order_min",
                "missing: Aladin Lite");
    }

    @Test
    void compareTheDeepestOrderWithTheKeyword() throws IOException {
        Findings findings = SmallSurvey.ofImages().saying("hips_order", "4").check();
        for (String format : new String[] {"fits", "png", "jpeg"}) {
            assertFound(findings, Severity.ERROR, "hips_order", "says 4", "deepest " + format + " tiles have order 3");
        }
        assertThat(findings.all()).hasSize(3);
    }

    @Test
    void tellOfTilesThatTheCoverageHides() throws IOException {
        Moc less = new Moc.Builder(3).add(3, 42).add(3, 43).build();
        Findings findings = SmallSurvey.ofImages()
                .notSaying("moc_sky_fraction")
                .coverage(less, 'C')
                .check();
        assertFound(findings, Severity.ERROR, "Norder3/Dir0/Npix700.fits", "outside Moc.fits");
        assertThat(findings.all()).hasSize(3);
    }

    @Test
    void tellOfTilesThatTheCoveragePromises() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages().without(name(3, 43, TileFormat.JPEG));
        assertOnly(survey.check(), Severity.WARNING, "Norder3/Dir0/Npix43.jpg", "missing", "Moc.fits covers it");
    }

    @Test
    void compareWithACoverageOfAnyOrder() throws IOException {
        Moc finer =
                new Moc.Builder(5).add(5, 42 << 4).add(5, 43 << 4).add(3, 700).build();
        assertSilent(SmallSurvey.ofImages()
                .notSaying("moc_sky_fraction")
                .coverage(finer, 'C')
                .check());
        Moc coarser = new Moc.Builder(1).add(1, 2).add(1, 43).build();
        Findings findings = SmallSurvey.ofImages()
                .notSaying("moc_sky_fraction")
                .coverage(coarser, 'C')
                .check();
        assertFound(findings, Severity.WARNING, "Norder3/Dir0/Npix32.png", "missing", "Moc.fits covers it");
        assertFound(findings, Severity.WARNING, "and 19 more", "missing", "Moc.fits covers it");
        assertThat(findings.all()).hasSize(33);
    }

    @Test
    void compareNoCoverageInAnotherFrame() throws IOException {
        Moc other = new Moc.Builder(3).add(3, 5).build();
        assertOnly(
                SmallSurvey.ofImages()
                        .notSaying("moc_sky_fraction")
                        .coverage(other, 'E')
                        .check(),
                Severity.WARNING,
                "Moc.fits",
                "COORDSYS");
    }

    /** Three quintillion tiles are missing; only ten may be named, and that at once. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nameOnlyTheFirstOfAnyNumberOfMissingTiles() throws IOException {
        Findings findings = SmallSurvey.ofImages()
                .notSaying("moc_sky_fraction")
                .saying("hips_order", "29")
                .saying("hips_tile_width", "1")
                .saying("hips_tile_format", "png")
                .coverage(Moc.fullSky(29), 'C')
                .with(name(29, 5, TileFormat.PNG), SmallSurvey.picture(TileFormat.PNG, 1, 1))
                .check();
        assertFound(findings, Severity.WARNING, "Norder29/Dir0/Npix0.png", "Moc.fits covers it");
        assertFound(findings, Severity.WARNING, "and 3458764513820540917 more", "Moc.fits covers it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-2147483648", "4", "29", "2147483647"})
    void surviveFirstOrdersThatCannotBe(String orderMin) throws IOException {
        assertFound(
                SmallSurvey.ofImages().saying("hips_order_min", orderMin).check(),
                Severity.ERROR,
                "hips_order_min",
                "found " + orderMin);
        assertFound(
                SmallSurvey.ofImages().saying("hips_order_min", orderMin).checkFromAfar(),
                Severity.ERROR,
                "hips_order_min",
                "found " + orderMin);
    }

    @Test
    void compareTheCheckCodeOfEachFormat() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        String fits = "fits:" + codeOf(survey, ".fits");
        String png = "png:" + codeOf(survey, ".png");
        String jpg = "jpg:" + codeOf(survey, ".jpg");
        assertSilent(
                survey.saying("hips_check_code", fits + " " + png + " " + jpg).check());
        assertSilent(survey.saying("hips_check_code", jpg + "," + fits).check());
        assertSilent(survey.saying("hips_check_code", png + " xyz:12 none").check());
        assertOnly(
                survey.saying("hips_check_code", fits + " png:1").check(),
                Severity.WARNING,
                "hips_check_code",
                "'png:1'",
                "'" + png + "'");
    }

    /** The plain form of standards.md §3.1; no name here sorts differently as a path. */
    private static String codeOf(SmallSurvey survey, String suffix) {
        int code = 0;
        int count = 0;
        for (Map.Entry<String, byte[]> file : survey.files().entrySet()) {
            if (file.getKey().startsWith("Norder") && file.getKey().endsWith(suffix)) {
                code = 31 * code + file.getValue().length;
                count++;
            }
        }
        return Integer.toUnsignedString(31 * code + count);
    }

    @Test
    void compareTheNumberOfFiles() throws IOException {
        assertSilent(SmallSurvey.ofImages().saying("hips_nb_tiles", "30").check());
        assertOnly(
                SmallSurvey.ofImages().saying("hips_nb_tiles", "1790").check(),
                Severity.WARNING,
                "hips_nb_tiles",
                "'1790'",
                "'30'");
    }

    @Test
    void countTheFilesOfTheFormatsThatHaveACheckCode() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        String codes =
                "fits:" + codeOf(survey, ".fits") + " png:" + codeOf(survey, ".png") + " jpg:" + codeOf(survey, ".jpg");
        assertOnly(
                survey.saying("hips_tile_format", "jpeg png")
                        .saying("hips_nb_tiles", "30")
                        .saying("hips_check_code", codes)
                        .check(),
                Severity.WARNING,
                "hips_tile_format",
                "does not say fits");
    }

    @Test
    void knowTheChannelsOfACube() throws IOException {
        SmallSurvey survey =
                SmallSurvey.ofImages().saying("dataproduct_type", "cube").saying("hips_cube_depth", "2");
        for (String name : survey.files().keySet().toArray(String[]::new)) {
            if (name.startsWith("Norder")) {
                survey.with(name.replace(".", "_1."), survey.file(name));
            }
        }
        assertSilent(survey.check());
    }
}
