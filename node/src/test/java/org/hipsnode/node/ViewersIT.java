package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.hipsnode.SharedData;
import org.hipsnode.healpix.Cone;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.healpix.RegionCells;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.sky.Frame;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                    "--formats=png,fits,jpeg"
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
            for (String format : new String[] {"png", "jpeg", "fits"}) {
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
     * A survey of a strip of the sky in galactic coordinates, seen 60° from where the two frames' coverages agree: with
     * Moc.fits in the survey's own frame the viewer asks for every tile in sight, with one in ICRS it misses some.
     */
    @Test
    void aPartialGalacticSurveyIsSeenWhole() throws IOException {
        Path survey = generate("hermes_pi0_CMZ_nside256_partial.fits.gz", "hermes", "--cut=-1,1");
        Path icrs = folder.resolve("surveys/hermes-icrs");
        copy(survey, icrs);
        Files.copy(
                survey.resolve("SMoc.fits"),
                icrs.resolve("Moc.fits"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        SkyPoint place =
                Frame.GALACTIC.toIcrs(SkyPoint.ofDegrees(60, 0).vector()).point();
        try (Program.Started server = Program.serve(folder.resolve("surveys"))) {
            Set<Long> whole = tilesAsked(server.firstLine() + "hermes", place);
            Set<Long> less = tilesAsked(server.firstLine() + "hermes-icrs", place);
            Moc coverage = MocFits.read(Files.readAllBytes(survey.resolve("Moc.fits")), "Moc.fits")
                    .moc();
            assertThat(whole).containsAll(tilesInSight(coverage));
            assertThat(less).doesNotContainAnyElementsOf(java.util.List.of(-1L));
            assertThat(less.size()).isLessThan(whole.size());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Program.run(java.util.List.of("cp", "-r", from.toString(), to.toString()));
    }

    private static Set<Long> tilesInSight(Moc coverage) {
        Set<Long> tiles = new HashSet<>();
        RegionCells.touching(Cone.around(SkyPoint.ofDegrees(60, 0), Math.toRadians(3)), 3, (order, cell) -> {
            if (coverage.touchesCell(order, cell)) {
                tiles.add(cell);
            }
        });
        assertThat(tiles).isNotEmpty();
        assertThat(HealpixGrid.pixelCount(3)).isEqualTo(768);
        return tiles;
    }

    private static Set<Long> tilesAsked(String url, SkyPoint place) throws IOException {
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
        Set<Long> tiles = new HashSet<>();
        for (JsonNode request : report.get("requests")) {
            var m = java.util.regex.Pattern.compile("/Norder3/Dir0/Npix(\\d+)\\.png")
                    .matcher(request.get("path").asText());
            if (m.find()) {
                tiles.add(Long.valueOf(m.group(1)));
            }
        }
        return tiles;
    }
}
