package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hipsnode.SharedData;
import org.hipsnode.node.demo.Rehearsal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes as their files say: one makes a survey, the other mirrors it; definitions change, a node is killed, a release put back. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DeclaredNodesIT {
    @TempDir
    private Path folder;

    private Path maker;
    private Path definition;

    @BeforeEach
    void declare() throws IOException {
        Rehearsal.nested(folder, 6);
        definition = Files.createDirectories(folder.resolve("a/defs")).resolve("sky.yaml");
        define("The first sky", "2026-01-01T00:00Z", "grey");
        maker = folder.resolve("a/node.yaml");
        declare("surveys: {maps: {definitions: defs}}");
    }

    private void declare(String surveys) throws IOException {
        Files.writeString(maker, "data: data\nserver: {port: 0}\nmaking: {keep-releases: 2}\n" + surveys + "\n");
    }

    private void define(String title, String date, String colormap) throws IOException {
        Files.writeString(
                definition,
                "id: ivo://hipsnode.test/P/sky\ntitle: " + title + "\nrelease-date: " + date
                        + "\nsource: {map: ../../nested.fits}\ntiles: {formats: [png]}\ndisplay: {colormap: " + colormap
                        + "}\n");
    }

    private Program.Started start(Path config, Object... flags) throws IOException {
        List<Object> words = new ArrayList<>(List.of("run", config));
        words.addAll(List.of(flags));
        List<String> command = new ArrayList<>(Program.command(words.toArray()));
        // what a killed process has unpacked is to go with this test's folder
        command.add(1, "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        return Program.start(command);
    }

    @Test
    void aNodeIsAndStaysWhatItsFilesSay() throws IOException, InterruptedException {
        Program.Ended plan = Program.run("plan", maker, "--json");
        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out()).contains("\"action\":\"make\"").contains("\"why\":\"nothing is here yet\"");
        assertThat(folder.resolve("a/data")).doesNotExist();
        int port = Ports.free();
        try (Program.Started a = start(maker, "--port", port)) {
            a.waitFor(a.err(), "survey maps/sky: published");
            String sky = a.firstLine() + "maps/sky";
            Program.fetchUntil(sky + "/properties", "The first sky");
            Path config = Files.writeString(
                    Files.createDirectories(folder.resolve("b")).resolve("node.yaml"),
                    "data: data\nserver: {port: 0}\nmirrors: {copy: {from: '" + sky + "', every: 10 s}}\n");
            try (Program.Started b = start(config)) {
                String copy = b.firstLine() + "copy/properties";
                Program.fetchUntil(copy, "The first sky");
                aBadFileLeavesAllAsItIs(a, sky);
                assertThat(colour(b, "first")).as("of a grey sky").isLessThan(5);
                define("The second sky", "2026-02-01T00:00Z", "plasma");
                Program.fetchUntil(sky + "/properties", "The second sky");
                Program.fetchUntil(copy, "The second sky");
                assertThat(colour(b, "second")).as("of a sky in plasma").isGreaterThan(100);
                a.process().destroyForcibly().waitFor();
                killedNodeComesBack(port, copy);
                statusOfTheMirror(config);
            }
        }
    }

    private void aBadFileLeavesAllAsItIs(Program.Started a, String sky) throws IOException {
        declare("surveys: {maps: {definitoins: defs}}");
        String said = a.waitFor(a.err(), "is not taken up");
        assertThat(said).contains("did you mean 'definitions'?");
        Files.writeString(
                folder.resolve("a/defs/bad.yaml"), "id: ivo://hipsnode.test/P/bad\nsource: {map: none.fits}\n");
        a.waitFor(a.err(), "survey maps/bad: failed");
        assertThat(text(sky + "/properties")).contains("The first sky");
        declare("surveys: {maps/sky: {definition: defs/sky.yaml}}");
        a.waitFor(a.err(), "is taken up");
    }

    private void killedNodeComesBack(int port, String copy) throws IOException {
        Program.Ended dead = Program.run("status", maker);
        assertThat(dead.out()).contains("node      killed").contains("made      maps/sky: published");
        try (Program.Started again = start(maker, "--port", port)) {
            Program.fetchUntil(again.firstLine() + "maps/sky/properties", "The second sky");
            Program.Ended second = Program.run("run", maker, "--port", 0);
            assertThat(second.code()).as(second.toString()).isEqualTo(11);
            Program.Ended back = Program.run("rollback", folder.resolve("a/data/maps/sky"), "--verify");
            assertThat(back.code()).as(back.toString()).isZero();
            Program.fetchUntil(again.firstLine() + "maps/sky/properties", "The first sky");
            Program.fetchUntil(copy, "The first sky");
            Program.fetchUntil(again.firstLine() + "api/status", "2026-02-01T00:00Z");
            assertThat(text(again.firstLine() + "api/status")).contains("\"kind\" : \"made\"");
            Program.Ended status = Program.run("status", maker);
            assertThat(status.code()).as(status.toString()).isZero();
            assertThat(status.out())
                    .contains("node      running")
                    .contains("killed before")
                    .contains("rollback, maps/sky, published, release 1 of 2026-01-01T00:00Z is back")
                    .contains("another than was made last")
                    .contains("kept [");
            Program.Ended plan = Program.run("plan", maker);
            assertThat(plan.out()).contains("nothing  maps/sky: nothing has changed");
            assertThat(plan.out()).doesNotContain("make     ");
        }
    }

    private static void statusOfTheMirror(Path config) throws IOException {
        Program.Ended status = Program.run("status", config, "--json");
        assertThat(status.out())
                .contains("\"kind\":\"mirror\"")
                .contains("\"state\":\"running\"")
                .contains("\"verdict\":\"every file as it came from ");
    }

    /** Returns how colourful the sky is that Aladin Lite shows on the page of the mirror. */
    private static double colour(Program.Started node, String name) throws IOException {
        JsonNode report = Browser.script(
                SharedData.project().resolve("node/src/test/browser/sky.mjs"),
                node.firstLine() + "copy/",
                Browser.screenshots().resolve("mirror-" + name + ".png"));
        assertThat(report.get("places").asInt()).isGreaterThan(1000);
        assertThat(report.get("brightness").asDouble()).as("something is drawn").isGreaterThan(20);
        return report.get("colour").asDouble();
    }

    private static String text(String address) throws IOException {
        return new String(Program.fetch(address), StandardCharsets.UTF_8);
    }
}
