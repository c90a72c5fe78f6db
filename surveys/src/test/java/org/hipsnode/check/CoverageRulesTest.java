package org.hipsnode.check;

import static org.hipsnode.check.SmallSurvey.assertFound;
import static org.hipsnode.check.SmallSurvey.assertOnly;
import static org.hipsnode.check.SmallSurvey.assertSilent;

import java.io.IOException;
import java.util.Arrays;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.properties.HipsProperties;
import org.junit.jupiter.api.Test;

/** HiPS 1.0 §4.4.2. */
class CoverageRulesTest {

    @Test
    void haveNothingToSayOfAGoodCoverage() throws IOException {
        assertSilent(SmallSurvey.ofImages().check());
        assertSilent(SmallSurvey.ofImages()
                .with("Moc.fits", MocFits.write(SmallSurvey.coveredCells(), 'C', MocFits.Encoding.RANGE))
                .check());
    }

    @Test
    void missTheFile() throws IOException {
        assertOnly(SmallSurvey.ofImages().without("Moc.fits").check(), Severity.WARNING, "Moc.fits", "missing");
    }

    @Test
    void tellOfAFileThatCannotBeRead() throws IOException {
        assertOnly(
                SmallSurvey.ofImages().with("Moc.fits", "<html>not here</html>").check(),
                Severity.ERROR,
                "Moc.fits",
                "a FITS file");
        byte[] whole = MocFits.write(SmallSurvey.coveredCells(), 'C', MocFits.Encoding.NUNIQ);
        assertOnly(
                SmallSurvey.ofImages()
                        .with("Moc.fits", Arrays.copyOf(whole, 5761))
                        .check(),
                Severity.ERROR,
                "Moc.fits",
                "truncated");
    }

    @Test
    void tellOfACoverageOfNothing() throws IOException {
        Findings findings = SmallSurvey.ofImages()
                .notSaying("moc_sky_fraction")
                .coverage(Moc.empty(3), 'C')
                .check();
        assertFound(findings, Severity.ERROR, "Moc.fits", "covers nothing");
        assertFound(findings, Severity.ERROR, "Norder3/Dir0/Npix42.png", "outside Moc.fits");
    }

    @Test
    void tellOfAFractionThatTheFileDoesNotHave() throws IOException {
        assertOnly(
                SmallSurvey.ofImages().saying("moc_sky_fraction", "0.004").check(),
                Severity.WARNING,
                "moc_sky_fraction",
                "0.00390625",
                "found 0.004");
        assertSilent(
                SmallSurvey.ofImages().saying("moc_sky_fraction", "0.003907").check());
        assertSilent(SmallSurvey.ofImages().notSaying("moc_sky_fraction").check());
    }

    @Test
    void tellOfAFrameThatIsNotIcrs() throws IOException {
        assertOnly(
                SmallSurvey.ofImages().coverage(SmallSurvey.coveredCells(), 'G').check(),
                Severity.WARNING,
                "Moc.fits",
                "COORDSYS of C",
                "'G'");
        assertOnly(
                SmallSurvey.ofImages().coverage(SmallSurvey.coveredCells(), 'X').check(),
                Severity.WARNING,
                "Moc.fits",
                "C, G or E",
                "'X'");
    }

    @Test
    void takeTheSurveysOwnFrameAsGood() throws IOException {
        assertOnly(
                SmallSurvey.ofImages()
                        .saying("hips_frame", "galactic")
                        .coverage(SmallSurvey.coveredCells(), 'G')
                        .check(),
                Severity.INFO,
                "Moc.fits",
                "own frame",
                "SMoc.fits");
        assertSilent(SmallSurvey.ofImages().saying("hips_frame", "galactic").check());
    }

    @Test
    void tellOfAFileThatDoesNotSayItsFrame() throws IOException {
        byte[] moc = MocFits.write(SmallSurvey.coveredCells(), 'C', MocFits.Encoding.NUNIQ);
        String header = new String(moc, java.nio.charset.StandardCharsets.ISO_8859_1).replace("COORDSYS", "OTHERSYS");
        assertOnly(
                SmallSurvey.ofImages()
                        .with("Moc.fits", header.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                        .check(),
                Severity.INFO,
                "Moc.fits",
                "no COORDSYS");
    }

    @Test
    void tellOfACoverageFinerThanThePixels() throws IOException {
        Moc fine = new Moc.Builder(7).add(3, 42).add(3, 43).add(3, 700).build();
        assertOnly(
                SmallSurvey.ofImages().coverage(fine, 'C').check(), Severity.INFO, "Moc.fits", "order 7", "finer", "6");
        Moc asFine = new Moc.Builder(6).add(3, 42).add(3, 43).add(3, 700).build();
        assertSilent(SmallSurvey.ofImages().coverage(asFine, 'C').check());
        Moc cone = new Moc.Builder(20).add(2, 10).build();
        assertSilent(SmallSurvey.ofRows().coverage(cone, 'C').check());
    }

    @Test
    void tellOfAFileThatIsTooLarge() throws IOException {
        SmallSurvey survey = SmallSurvey.ofImages();
        HipsProperties list = survey.properties();
        assertFound(
                SurveyCheck.check(
                        (name, limit) -> {
                            if (name.equals("properties")) {
                                return java.util.Optional.of(list.toBytes());
                            }
                            throw new org.hipsnode.io.TooLargeException(name, limit);
                        },
                        java.util.Optional.empty()),
                Severity.ERROR,
                "Moc.fits",
                "too large",
                "536870912");
    }
}
