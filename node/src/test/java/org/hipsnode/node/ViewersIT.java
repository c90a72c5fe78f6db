package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.hipsnode.SharedData;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real maps and trees in Aladin Lite and WorldWide Telescope, judged by the checks of ../shared/tools. */
class ViewersIT {
    @TempDir
    private Path folder;

    private static Path tool(String name) {
        return SharedData.require("README.md")
                .resolveSibling("../tools")
                .resolve(name)
                .normalize();
    }

    private Path generate(String map, String name, String... more) throws IOException {
        Path survey = folder.resolve("surveys").resolve(name);
        Object[] arguments = new Object[6 + more.length];
        System.arraycopy(
                new Object[] {
                    "generate",
                    SharedData.require("healpix/" + map),
                    "--out",
                    survey,
                    "--quiet",
                    "--formats=png,fits,jpeg,webp"
                },
                0,
                arguments,
                0,
                6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        Program.Ended ended = Program.run(arguments);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return survey;
    }

    private static void assertDrawn(JsonNode report) {
        assertThat(report.get("ok").asBoolean()).as(report.toPrettyString()).isTrue();
    }

    @Test
    void aladinLiteShowsAPlanckMapInEveryFormat() throws IOException {
        generate("BP7_70GHz_nocmb_n0256.fits", "bp7");
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            for (String format : new String[] {"png", "jpeg", "webp", "fits"}) {
                assertDrawn(Browser.script(
                        tool("aladin-check.mjs"),
                        server.firstLine() + "bp7",
                        "--format",
                        format,
                        "--ra",
                        "266.4",
                        "--dec",
                        "-28.9",
                        "--fov",
                        "120",
                        "--strict",
                        "--out",
                        Browser.screenshots().resolve("bp7-" + format + ".png")));
            }
        }
    }

    /** The legend is there without scripts, on a telephone too, and its colours are those of the colour map. */
    @Test
    void aSurveysOwnPageHasALegendAndTheSky() throws IOException {
        generate("BP7_70GHz_nocmb_n0256.fits", "bp7", "--colormap=planck", "--stretch=linear", "--cut=-300,300");
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            JsonNode page = Browser.script(
                    SharedData.project().resolve("node/src/test/browser/page.mjs"),
                    server.firstLine() + "bp7/index.html",
                    Browser.screenshots().resolve("bp7-page.png"));
            assertThat(page.get("foreign")).as(page.toPrettyString()).isEmpty();
            assertThat(page.get("complaints")).isEmpty();
            assertThat(page.get("label").asText())
                    .startsWith("Colour bar: planck from -300")
                    .contains("stretch linear");
            double left = page.get("bar").get(0).asDouble();
            double width = page.get("bar").get(1).asDouble() - left;
            double end = 0;
            for (JsonNode tick : page.get("ticks")) {
                double from = tick.get("box").get(0).asDouble();
                double to = tick.get("box").get(1).asDouble();
                assertThat(from).as("labels are apart: " + page.get("ticks")).isGreaterThan(end);
                double place = (Double.parseDouble(tick.get("text").asText()) + 300) / 600;
                assertThat((from + to) / 2).isCloseTo(left + place * width, within(1.0));
                end = to;
            }
            BufferedImage bar = ImageIO.read(new ByteArrayInputStream(
                    Base64.getDecoder().decode(page.get("picture").asText())));
            assertThat(bar.getRGB(bar.getWidth() / 2, 8) & 0xff)
                    .as("blue of the middle")
                    .isCloseTo(214, within(12));
            assertThat(bar.getRGB(bar.getWidth() / 6, 8) & 0xffff00).isCloseTo(0x7000, within(0x800));
            assertThat(page.get("sky").get("height").asDouble()).isGreaterThan(300);
        }
    }

    @Test
    void aladinLiteShowsATreeMadeByOthers() throws IOException {
        try (Program.Started server = Program.serve(SharedData.require("hips"))) {
            assertDrawn(Browser.script(
                    tool("aladin-check.mjs"),
                    server.firstLine() + "LHF-dss",
                    "--format",
                    "jpeg",
                    "--ra",
                    "83.8",
                    "--dec",
                    "-5.4",
                    "--fov",
                    "120",
                    "--out",
                    Browser.screenshots().resolve("dss.png")));
        }
    }

    /** A cube, colours of three channels, and a survey made of another one. */
    @ParameterizedTest
    @CsvSource({
        "cube, check1therm_353p0_64.fits, '--cube=columns --cut=1%,99% --property=em_min=6e-4 --property=em_max=1e-3', fits",
        "angle, check1therm_353p0_64.fits, '--polarization=angle --frame=equatorial', png"
    })
    void aladinLiteShowsComposedSurveys(String name, String map, String flags, String format) throws IOException {
        generate(map, name, flags.split(" "));
        assertShown(name, format);
    }

    private void assertShown(String name, String format) throws IOException {
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            assertDrawn(Browser.script(
                    tool("aladin-check.mjs"),
                    server.firstLine() + name,
                    "--format",
                    format,
                    "--ra",
                    "266.4",
                    "--dec",
                    "-28.9",
                    "--fov",
                    "120",
                    "--strict",
                    "--out",
                    Browser.screenshots().resolve(name + "-" + format + ".png")));
        }
    }

    @Test
    void aladinLiteShowsColoursOfThreeSurveys() throws IOException {
        Path map = SharedData.require("healpix/check1therm_353p0_64.fits");
        generate("check1therm_353p0_64.fits", "q", "--column=2");
        Path colour = folder.resolve("surveys/colour");
        Program.Ended ended = Program.run(
                "generate",
                "--red",
                map,
                "--green",
                folder.resolve("surveys/q"),
                "--blue",
                map,
                "--formats=webp,png",
                "--quiet",
                "--out",
                colour);
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertShown("colour", "webp");
    }

    @Test
    void worldWideTelescopeShowsAPlanckMap() throws IOException {
        generate("BP7_70GHz_nocmb_n0256.fits", "bp7");
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            assertDrawn(Browser.script(
                    tool("wwt-check.mjs"),
                    server.firstLine() + "bp7",
                    "--format",
                    "png",
                    "--ra",
                    "266.4",
                    "--dec",
                    "-28.9",
                    "--fov",
                    "60",
                    "--out",
                    Browser.screenshots().resolve("bp7-wwt.png")));
        }
    }

    /**
     * A survey of a strip of the sky in galactic coordinates, seen at l = 60° in the middle of the strip: with Moc.fits in the
     * survey's own frame the viewer draws all of it, with one in ICRS, as the standard asks, nothing.
     */
    @Test
    void aPartialGalacticSurveyIsDrawnWholeWithItsCoverageInItsOwnFrame() throws IOException {
        Path survey = generate("hermes_pi0_CMZ_nside256_partial.fits.gz", "hermes", "--cut=-1,1");
        Path icrs = folder.resolve("surveys/hermes-icrs");
        Program.run(List.of("cp", "-r", survey.toString(), icrs.toString()));
        Files.copy(survey.resolve("SMoc.fits"), icrs.resolve("Moc.fits"), StandardCopyOption.REPLACE_EXISTING);
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            assertThat(partDrawn(server.firstLine() + "hermes")).isGreaterThan(0.95);
            assertThat(partDrawn(server.firstLine() + "hermes-icrs")).isLessThan(0.05);
        }
    }

    private static double partDrawn(String url) throws IOException {
        SkyPoint place =
                Frame.GALACTIC.toIcrs(SkyPoint.ofDegrees(60, 0).vector()).point();
        JsonNode report = Browser.script(
                tool("aladin-check.mjs"),
                url,
                "--format",
                "png",
                "--ra",
                place.lonDegrees(),
                "--dec",
                place.latDegrees(),
                "--fov",
                "10",
                "--out",
                Browser.screenshots().resolve(url.substring(url.lastIndexOf('/') + 1) + ".png"));
        return report.get("measure").get("changedFraction").asDouble();
    }
}
