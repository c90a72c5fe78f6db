package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;

/** HiPS 1.0 §4.3.2, §4.4.3 and §4.4.4. */
class CompanionRulesTest {
    private static final List<TileFormat> FORMATS = List.of(TileFormat.FITS, TileFormat.PNG, TileFormat.JPEG);

    private static String allsky(TileFormat format) {
        return "Norder3/Allsky." + format.extension();
    }

    @Test
    void missTheAllskyOfNarrowTiles() throws IOException {
        for (TileFormat format : FORMATS) {
            assertOnly(
                    SmallSurvey.ofImages().without(allsky(format)).check(),
                    Severity.WARNING,
                    allsky(format),
                    "narrower than 512",
                    "Aladin Lite");
        }
    }

    @Test
    void needTheAllskyWhereTheFirstOrdersAreMissing() throws IOException {
        Findings findings = SmallSurvey.ofImages()
                .saying("hips_order_min", "3")
                .without(allsky(TileFormat.PNG))
                .check();
        assertOnly(findings, Severity.ERROR, allsky(TileFormat.PNG), "missing", "first orders");
    }

    @Test
    void doWithoutAllskyWhereViewersDo() throws IOException {
        SmallSurvey wide =
                SmallSurvey.ofImages().saying("hips_tile_width", "512").without(allsky(TileFormat.PNG));
        assertThat(wide.check().all()).noneSatisfy(f -> assertThat(f.object()).startsWith("Norder3/Allsky"));
        SmallSurvey shallow = SmallSurvey.ofImages().saying("hips_order", "2").without(allsky(TileFormat.PNG));
        assertThat(shallow.check().all())
                .noneSatisfy(f -> assertThat(f.object()).startsWith("Norder3/Allsky"));
    }

    @Test
    void tellOfAnAllskyOfAnotherFormat() throws IOException {
        for (TileFormat format : FORMATS) {
            assertOnly(
                    SmallSurvey.ofImages().with(allsky(format), "<html>").check(),
                    Severity.ERROR,
                    allsky(format),
                    "expected " + format.keyword());
        }
    }

    @Test
    void tellOfAnAllskyThatIsCutOff() throws IOException {
        for (TileFormat format : FORMATS) {
            SmallSurvey survey = SmallSurvey.ofImages();
            byte[] whole = survey.file(allsky(format));
            assertOnly(
                    survey.with(allsky(format), Arrays.copyOf(whole, whole.length * 2 / 3))
                            .check(),
                    Severity.ERROR,
                    allsky(format));
        }
    }

    @Test
    void tellOfAnAllskyOfAnotherShape() throws IOException {
        for (TileFormat format : FORMATS) {
            for (int[] size : new int[][] {{27 * 8, 28 * 8}, {27 * 8, 29 * 4}, {216, 233}}) {
                assertOnly(
                        SmallSurvey.ofImages()
                                .with(allsky(format), SmallSurvey.picture(format, size[0], size[1]))
                                .check(),
                        Severity.ERROR,
                        allsky(format),
                        "27×29 square blocks",
                        size[0] + "×" + size[1]);
            }
        }
        assertSilent(SmallSurvey.ofImages()
                .with(allsky(TileFormat.PNG), SmallSurvey.picture(TileFormat.PNG, 27 * 4, 29 * 4))
                .check());
    }

    @Test
    void tellOfAPreviewThatIsNoJpeg() throws IOException {
        assertOnly(
                SmallSurvey.ofImages()
                        .with("preview.jpg", SmallSurvey.picture(TileFormat.PNG, 8, 8))
                        .check(),
                Severity.ERROR,
                "preview.jpg",
                "a JPEG image");
        assertSilent(SmallSurvey.ofImages().without("preview.jpg").check());
    }

    @Test
    void needTheMetadataOfACatalogue() throws IOException {
        assertOnly(
                SmallSurvey.ofRows().without("metadata.xml").check(),
                Severity.ERROR,
                "metadata.xml",
                "missing",
                "columns");
        assertOnly(
                SmallSurvey.ofRows().with("metadata.xml", "<html>").check(),
                Severity.ERROR,
                "metadata.xml",
                "a VOTable");
    }

    @Test
    void missTheAllskyTablesOfACatalogue() throws IOException {
        for (int order : new int[] {1, 2}) {
            String name = "Norder" + order + "/Allsky.tsv";
            assertOnly(SmallSurvey.ofRows().without(name).check(), Severity.WARNING, name, "missing", "Aladin Lite");
            assertFound(SmallSurvey.ofRows().without(name).checkFromAfar(), Severity.WARNING, name, "missing");
        }
    }
}
