package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.SharedData;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.progress.Progress;
import org.hipsnode.sky.SkyPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's pages in a real browser, and what they print run as it is printed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
    private static final String SKY = "made up/sky";
    private static final String HOSTILE = """
            creator_did = ivo://hipsnode.test/P/hostile
            obs_title = "><img src=x onerror=alert(1)><script>alert(2)</script>
            obs_description = </p><svg onload=alert(3)> 'x' & {{node}} 星
            obs_collection = ' onmouseover='alert(4)
            hips_frame = "><script>alert(5)</script>
            obs_copyright_url = javascript:alert(6)
            hips_licence = data:text/html,<script>alert(7)</script>
            hips_release_date = "><script>alert(8)</script>
            hips_service_url_1 = javascript:alert(9)
            hips_order = 3
            hips_tile_format = png
            hips_status = public master clonable
            dataproduct_type = catalog
            """;

    private Path folder;
    private Program.Started server;
    private String url;

    @BeforeAll
    void start(@TempDir Path place) throws IOException {
        folder = place;
        Path map = folder.resolve("map.fits");
        DemoSky.write(map, new Progress(System::nanoTime));
        generate(
                map,
                SKY,
                "--formats=png,fits,jpeg,webp",
                "--colormap=inferno",
                "--title=A made-up sky of dust",
                "--property=obs_collection=demo",
                "--property=obs_regime=Infrared");
        Path moc = folder.resolve("strip.txt");
        Files.writeString(moc, "3/256-300");
        generate(map, "strip", "--formats=jpeg", "--frame=equatorial", "--moc=" + moc, "--title=A strip of it");
        Path hostile = Files.createDirectories(folder.resolve("surveys/hostile"));
        Files.writeString(hostile.resolve("properties"), HOSTILE);
        server = Program.serve(folder.resolve("surveys"));
        url = server.firstLine();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    private void generate(Path map, String name, String... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of(
                "generate",
                map,
                "--out",
                folder.resolve("surveys").resolve(name),
                "--quiet",
                "--id=ivo://hipsnode.test/P/" + name.replace(' ', '-')));
        arguments.addAll(List.of(more));
        Program.Ended ended = Program.run(arguments.toArray());
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    private static Path script(String name) {
        return SharedData.project().resolve("node/src/test/browser").resolve(name);
    }

    private String address() {
        return url + SKY.replace(" ", "%20");
    }

    @Test
    void peopleFindTheirWay() throws IOException {
        JsonNode report = Browser.script(script("pages.mjs"), url, "made%20up/sky", Browser.screenshots());
        assertThat(report.get("foreign")).as("requests to other hosts").isEmpty();
        assertThat(report.get("complaints")).as("complaints of the console").isEmpty();
        assertThat(report.get("dialogs")).as("what a hostile survey could run").isEmpty();
        assertWithoutScript(report.get("withoutScript"));
        assertGallery(report.get("gallery"));
        assertKeyboard(report.get("keyboard"));
        report.get("phone")
                .forEach(page -> assertThat(page.get("page").asInt())
                        .as("width on a telephone")
                        .isEqualTo(page.get("window").asInt()));
        assertLinks(report.get("link"), report.get("again"));
        assertThat(report.get("survey").get("age").asText()).matches("\\d{4}-\\d\\d-\\d\\d \\(.*\\)");
        assertThat(report.get("survey").get("sky")).hasSizeGreaterThan(5);
        assertSeenAndNamed(report.get("survey").get("sky"));
        assertThat(report.get("survey").get("fits").asText()).contains("format=fits");
        assertThat(report.get("refused").asText()).startsWith("Aladin Lite does not show this survey: ");
        report.get("axe")
                .properties()
                .forEach(page -> assertThat(page.getValue())
                        .as("what axe finds at " + page.getKey())
                        .isEmpty());
    }

    private static void assertWithoutScript(JsonNode seen) {
        assertThat(seen.get("all").asInt()).isEqualTo(3);
        assertThat(seen.get("looks").asInt()).as("buttons that need scripts").isZero();
        assertThat(seen.get("found").asInt()).isOne();
        assertThat(seen.get("summary").asText()).isEqualTo("1 of 3 surveys");
        assertThat(seen.get("address").asText()).contains("q=strip");
        assertThat(seen.get("title").asText()).isEqualTo("A strip of it");
        assertThat(seen.get("snippets").asInt()).isGreaterThan(5);
        assertThat(seen.get("coverage").asInt()).isPositive();
    }

    private static void assertGallery(JsonNode seen) {
        assertThat(seen.get("viewerAsked").asBoolean())
                .as("the viewer is not loaded until it is wanted")
                .isFalse();
        JsonNode searches = seen.get("searches");
        assertFound(searches.get("STRIP"), 1, "1 of 3 surveys");
        assertThat(searches.get("STRIP").get(2).asText()).isEqualTo("?q=STRIP");
        assertFound(searches.get("no such thing"), 0, "0 of 3 surveys");
        assertFound(searches.get("galactic"), 1, "1 of 3 surveys");
        assertFound(searches.get("Infrared"), 1, "1 of 3 surveys");
        assertFound(searches.get("demo"), 1, "1 of 3 surveys");
        assertFound(searches.get("catalogue"), 1, "1 of 3 surveys");
        assertThat(seen.get("maps").asInt())
                .as("a map stands in for a missing preview")
                .isOne();
    }

    private static void assertFound(JsonNode search, int cards, String summary) {
        assertThat(search.get(0).asInt()).isEqualTo(cards);
        assertThat(search.get(1).asText()).isEqualTo(summary);
    }

    private static void assertKeyboard(JsonNode seen) {
        JsonNode walk = seen.get("walk");
        assertThat(walk.get(0).get("text").asText()).isEqualTo("Skip to the surveys");
        assertThat(walk.get(walk.size() - 1).get("text").asText()).isEqualTo("Look");
        assertSeenAndNamed(walk);
        assertThat(seen.get("open").asBoolean()).isTrue();
        assertThat(seen.get("afterLook").get("name").asText()).isIn("button", "select");
        assertThat(seen.get("closed").asBoolean()).isTrue();
        assertThat(seen.get("afterClose").get("text").asText()).isEqualTo("Look");
        assertThat(seen.get("skipped").asText()).isEqualTo("surveys");
    }

    private static void assertSeenAndNamed(JsonNode stops) {
        stops.forEach(stop -> {
            assertThat(stop.get("outlined").asBoolean())
                    .as("the focus is seen: " + stop)
                    .isTrue();
            assertThat(stop.get("text").asText()).as("it has a name: " + stop).isNotEmpty();
        });
    }

    private static void assertLinks(JsonNode link, JsonNode again) {
        assertThat(link.get("centre").get(0).asDouble()).isCloseTo(83.6, within(0.01));
        assertThat(link.get("centre").get(1).asDouble()).isCloseTo(22.0, within(0.01));
        assertThat(link.get("fov").asDouble()).isCloseTo(30, within(0.1));
        assertThat(link.get("tiles")).extracting(JsonNode::asText).containsExactly("jpg");
        assertThat(link.get("still").asBoolean())
                .as("an address stays until the sky is moved")
                .isTrue();
        JsonNode moved = link.get("moved");
        assertThat(Math.abs(moved.get("centre").get(0).asDouble() - 83.6)).isGreaterThan(0.5);
        assertThat(again.get("centre").get(0).asDouble())
                .isCloseTo(moved.get("centre").get(0).asDouble(), within(0.001));
        assertThat(again.get("centre").get(1).asDouble())
                .isCloseTo(moved.get("centre").get(1).asDouble(), within(0.001));
        assertThat(again.get("fov").asDouble()).isCloseTo(moved.get("fov").asDouble(), within(0.01));
    }

    /** Returns a piece of code as the page shows it, the browser's way of reading HTML undone. */
    private static String snippet(String page, String name) throws IOException {
        String html = new String(Program.fetch(page + "/"), StandardCharsets.UTF_8);
        String start = "data-snippet=\"" + name + "\">";
        assertThat(html).contains(start);
        String code = html.substring(html.indexOf(start) + start.length());
        return code.substring(0, code.indexOf("</pre>"))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "iframe"})
    void aLiveViewInAnotherPageDrawsTheSky(String name) throws IOException {
        Browser.modules();
        Path file = Files.writeString(folder.resolve(name + ".html"), snippet(address(), name));
        int most = 150; // that a view without a sky might have
        JsonNode report = Browser.script(
                script("embed.mjs"), file, Browser.screenshots().resolve("embed-" + name + ".png"), most + 1);
        assertThat(report.get("foreign")).isEmpty();
        assertThat(report.get("complaints")).isEmpty();
        assertThat(report.get("tiles").asInt()).isGreaterThan(0);
        assertThat(report.get("colours").asInt()).as("colours of the sky").isGreaterThan(most);
    }

    private Program.Ended run(String name, String page, String... interpreter) throws IOException {
        Path place = Files.createDirectories(folder.resolve("run-" + name));
        Path file = Files.writeString(place.resolve("snippet"), snippet(page, name) + "\n");
        List<String> command = new ArrayList<>(List.of("env", "-C", place.toString()));
        command.addAll(List.of(interpreter));
        command.add(file.toString());
        Program.Ended ended = Program.run(command);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    @Test
    void pythonFindsTheValueAtAPlace() throws IOException {
        Python.require();
        String out = run("python", address(), "/usr/bin/python3").out();
        assertThat(out).containsPattern("Npix\\d+\\.fits \\(64, 64\\)").containsPattern("value there: -?[0-9.]+");
    }

    /** Both ways lead to one tile; the middle that astropy finds in its header is the middle that healpy knows. */
    @Test
    void pythonReadsATileWithItsCoordinates() throws IOException {
        Python.require();
        String out = run("wcs", address(), "/usr/bin/python3").out();
        String tile = snippet(address(), "wcs").replaceAll("(?s).*Npix(\\d+)\\.fits.*", "$1");
        String middle = Program.run(List.of(
                        "/usr/bin/python3",
                        "-c",
                        "import healpy; print(*healpy.pix2ang(8, " + tile + ", nest=True, lonlat=True))"))
                .out()
                .strip();
        String[] found = out.replaceAll("(?s).*\\((-?[0-9.]+), (-?[0-9.]+)\\)>.*", "$1 $2")
                .split(" ");
        assertThat(Double.parseDouble(found[0]))
                .as(out)
                .isCloseTo(Double.parseDouble(middle.split(" ")[0]), within(0.1));
        assertThat(Double.parseDouble(found[1]))
                .as(out)
                .isCloseTo(Double.parseDouble(middle.split(" ")[1]), within(0.1));
    }

    @Test
    void pythonFindsTheColourAtAPlace() throws IOException {
        Python.require();
        assertThat(run("picture", url + "strip", "/usr/bin/python3").out())
                .containsPattern("Npix\\d+\\.jpg \\(64, 64\\)")
                .containsPattern("colour there: \\(\\d+, \\d+, \\d+, 255\\)");
    }

    @Test
    void curlFetchesFiles() throws IOException {
        run("curl", address(), "bash", "-e");
        assertThat(folder.resolve("run-curl/properties"))
                .hasSameBinaryContentAs(folder.resolve("surveys/" + SKY + "/properties"));
        assertThat(folder.resolve("run-curl/Moc.fits"))
                .hasSameBinaryContentAs(folder.resolve("surveys/" + SKY + "/Moc.fits"));
        assertThat(Files.readAllBytes(folder.resolve("run-curl/tile.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void hipsgenCopiesTheSurvey() throws IOException {
        Hipsgen.require();
        Path place = Files.createDirectories(folder.resolve("run-hipsgen"));
        Files.createSymbolicLink(place.resolve("Aladin.jar"), Path.of("/usr/share/java/aladin.jar"));
        String out = run(
                        "hipsgen",
                        address(),
                        "env",
                        "-u",
                        "TERM",
                        "JAVA_TOOL_OPTIONS=-Djava.awt.headless=true",
                        "bash",
                        "-e")
                .out();
        assertThat(out).contains("THE END").doesNotContain("*ERROR", "ABORT");
        String tile = "Norder3/Dir0/Npix300.png";
        assertThat(place.resolve("made-up-sky").resolve(tile))
                .hasSameBinaryContentAs(folder.resolve("surveys/" + SKY).resolve(tile));
    }

    /** The program is called by its name, as one who has installed it does. */
    @Test
    void hipsnodeCopiesTheSurvey() throws IOException {
        String path = SharedData.project() + ":" + System.getenv("PATH");
        run("mirror", address(), "env", "PATH=" + path, "bash", "-e");
        Path copy = folder.resolve("run-mirror/made-up-sky");
        assertThat(Program.run("verify", copy, "--quiet").code()).isZero();
        String tile = "Norder3/Dir0/Npix300.png";
        assertThat(copy.resolve(tile))
                .hasSameBinaryContentAs(folder.resolve("surveys/" + SKY).resolve(tile));
        // the copy is served in its turn, and says whence it is
        try (Program.Started mirror = Program.serve(folder.resolve("run-mirror"))) {
            String html = new String(Program.fetch(mirror.firstLine() + "made-up-sky/"), StandardCharsets.UTF_8);
            assertThat(html).contains("<dt>Mirror of</dt><dd><a href=\"" + address() + "\"");
            assertThat(html).contains("<dt>Lag</dt><dd>none when the origin was last asked</dd>");
        }
    }

    @Test
    void worldWideTelescopeShowsTheSurveyOfTheWtml() throws IOException {
        Browser.modules();
        String wtml = snippet(address(), "wwt");
        JsonNode report = Browser.script(
                script("wtml.mjs"),
                wtml,
                "266.4",
                "-28.9",
                Browser.screenshots().resolve("wtml.png"));
        assertThat(report.get("tiles")).as(report.toPrettyString()).isNotEmpty();
        report.get("tiles")
                .forEach(t -> assertThat(t.asText())
                        .startsWith("/made%20up/sky/Norder")
                        .endsWith(".png"));
        assertThat(report.get("colours").asInt()).isGreaterThan(150);
    }

    /** A catalogue of nine stars, three in each of the orders 1 to 3; over an empty sky, and over the image that is there. */
    @Test
    void theViewerShowsACatalogueWithoutInternet() throws IOException {
        Browser.modules();
        Path surveys = folder.resolve("catalogues");
        writeCatalogue(surveys.resolve("stars"));
        JsonNode alone = lookAtStars(surveys, "catalogue-alone.png");
        assertThat(alone.get("layers").asInt()).isZero();
        assertThat(alone.get("pictures").asInt()).isZero();
        Program.run(List.of(
                "cp",
                "-r",
                folder.resolve("surveys/" + SKY).toString(),
                surveys.resolve("a sky").toString()));
        JsonNode over = lookAtStars(surveys, "catalogue.png");
        assertThat(over.get("layers").asInt()).isOne();
        assertThat(over.get("pictures").asInt()).isPositive();
    }

    private static JsonNode lookAtStars(Path surveys, String picture) throws IOException {
        try (Program.Started node = Program.serve(surveys)) {
            JsonNode report = Browser.script(
                    script("catalogue.mjs"),
                    node.firstLine() + "stars/",
                    9,
                    Browser.screenshots().resolve(picture));
            assertThat(report.get("foreign")).isEmpty();
            assertThat(report.get("complaints")).isEmpty();
            assertThat(report.get("rows").asInt()).as(report.toString()).isEqualTo(9);
            assertThat(report.get("drawn").asInt())
                    .as("pixels of the catalogue's colour")
                    .isGreaterThan(9 * 20);
            return report;
        }
    }

    private static void writeCatalogue(Path survey) throws IOException {
        Files.createDirectories(survey);
        Files.writeString(survey.resolve("properties"), """
                creator_did = ivo://hipsnode.test/C/stars
                obs_title = Nine stars
                dataproduct_type = catalog
                hips_version = 1.4
                hips_release_date = 2026-01-01T00:00Z
                hips_status = public master clonable
                hips_tile_format = tsv
                hips_order = 3
                hips_order_min = 1
                hips_frame = equatorial
                hips_cat_nrows = 9
                hips_initial_ra = 45
                hips_initial_dec = 0
                hips_initial_fov = 8
                """);
        Files.writeString(survey.resolve("metadata.xml"), """
                <?xml version="1.0"?>
                <VOTABLE version="1.3"><RESOURCE><TABLE>
                <FIELD name="ra" datatype="double" ucd="pos.eq.ra;meta.main" unit="deg"/>
                <FIELD name="dec" datatype="double" ucd="pos.eq.dec;meta.main" unit="deg"/>
                <FIELD name="name" datatype="char" arraysize="*" ucd="meta.id"/>
                </TABLE></RESOURCE></VOTABLE>
                """);
        writeRows(survey.resolve("Norder1/Allsky.tsv"), 1);
        writeRows(survey.resolve("Norder2/Allsky.tsv"), 2);
        String tile = "Dir0/Npix" + HealpixGrid.ofOrder(3).nestedAt(SkyPoint.ofDegrees(45, 1)) + ".tsv";
        writeRows(survey.resolve("Norder3").resolve(tile), 3);
    }

    /** Three stars that lie in one tile of order 3, whatever the order in which they stand. */
    private static void writeRows(Path file, int order) throws IOException {
        StringBuilder rows = new StringBuilder("# Completeness = " + 3 * order + " / 9\nra\tdec\tname\n");
        for (int i = -1; i <= 1; i++) {
            rows.append(45 + i + "\t" + (order * 0.5) + "\tstar " + order + i + "\n");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, rows.toString());
    }

    @Test
    void programsAreAnsweredAsIsDescribed() throws IOException {
        JsonNode report = Browser.script(script("openapi.mjs"), url, "made%20up/sky");
        assertThat(report.get("problems")).as(report.toPrettyString()).isEmpty();
        assertThat(report.get("checked").size()).isGreaterThan(15);
    }
}
