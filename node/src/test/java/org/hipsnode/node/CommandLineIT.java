package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hipsnode.fits.FitsCards;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as its users meet it, good input and bad. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineIT {
    private Path folder;
    private Path map;

    @BeforeAll
    void makeAMap(@TempDir Path temporary) throws IOException {
        folder = temporary;
        map = folder.resolve("sky.fits");
        DemoSky.write(map, new Progress(System::nanoTime));
    }

    @Test
    void helpIsToldOnStandardOutput() throws IOException {
        Program.Ended help = Program.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("generate", "serve", "lint", "demo", "Exit codes: 0 done");
        assertThat(help.err()).isEmpty();
        assertThat(Program.run("--version").out()).startsWith("hipsnode/");
        for (String command : List.of("generate", "serve", "lint", "verify", "demo")) {
            assertThat(Program.run(command, "--help").out()).contains("Usage: hipsnode " + command);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | Unmatched argument at index 0: 'nonsense'",
                "generate | expected one SOURCE: a map, a definition, images, --from-hips, or --red, --green and --blue; found none",
                "generate x.fits --from-hips y --out z | found several",
                "generate --red x.fits --out z | expected --red, --green and --blue together, found no --green",
                "generate --from-hips y | expected --out DIR",
                "generate x.fits --bscale 2 | --bscale and --bzero need --bitpix beside them",
                "generate x.fits --bitpix 24 | --bitpix must be 8, 16, 32, 64, -32 or -64, found 24",
                "generate x.fits --wrong | Unknown option: '--wrong'",
                "generate x.fits --workers 0 | --workers must be 1 to 1024, found 0",
                "generate x.fits --id nonsense | --id must be like ivo://MY.AUTHORITY/P/name",
                "generate x.fits --release-date yesterday | --release-date must be like 2026-11-22T09:30Z",
                "generate x.fits --property novalue | --property must be KEY=VALUE, found 'novalue'",
                "generate x.fits --formats gif | --formats must be of fits, png, jpeg and webp, found 'gif'",
                "generate x.fits --engine magic | --engine must be native or aladin, found 'magic'",
                "generate x.fits --aladin-jar a.jar | --aladin-jar and --aladin-silence are for --engine aladin",
                "generate x.fits --engine aladin --aladin-silence 0 | --aladin-silence must be 1 to 1440 minutes, found 0",
                "generate x.fits --engine aladin --aladin-jar no.jar | no.jar': expected Aladin, whose Hipsgen the engine"
                        + " aladin runs, found no such file; install it (apt-get install aladin), or give --aladin-jar",
                "serve nowhere | 'nowhere': expected a folder with surveys, found nothing",
                "serve . --port 70000 | --port must be 0 to 65535, found 70000",
                "verify nowhere | 'nowhere': expected a survey's folder, found nothing",
                "verify . --workers 0 | --workers must be 1 to 1024, found 0",
                "verify . | '.': expected a survey with a manifest, found no .hipsnode/manifest.json",
                "verify . --make | '.': expected a survey, found no properties",
                "lint nowhere | 'nowhere': expected a folder, a file or a URL, found nothing",
                "serve . --base-url https://h/?k=1 | --base-url must be an address of http or https",
                "lint http:// | expected an address of http or https without user and password, found 'http://'",
                "lint http://user:word@host/ | without user and password, found 'http://...@host/'",
                "generate nothing.yaml | nothing.yaml': expected a file of YAML, found nothing"
            })
    void wrongUsageIsExplained(String line, String message) throws IOException {
        Program.Ended ended = Program.run((Object[]) line.split(" "));
        assertThat(ended.err()).contains(message);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aDemoAtAWrongPortMakesNothing() throws IOException {
        Path demo = folder.resolve("no-demo");
        Program.Ended ended = Program.run("demo", "--dir", demo, "--port", "70000", "--no-open");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("--port must be 0 to 65535, found 70000");
        assertThat(demo).doesNotExist();
    }

    /** Every message is one line: the file, what was expected, what was found, what to do. */
    private void assertRefused(Path input, String... messages) throws IOException {
        Path survey = folder.resolve("refused");
        Program.Ended ended = Program.run("generate", input, "--out", survey, "--quiet");
        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err())
                .startsWith("hipsnode: ")
                .contains(messages)
                .contains(String.valueOf(input.getFileName()));
        assertThat(survey).doesNotExist();
        assertNothingHidden();
    }

    private void assertNothingHidden() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.filter(p -> String.valueOf(p.getFileName()).startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void badInputIsRefusedInOneLine() throws IOException {
        assertRefused(Files.writeString(folder.resolve("text.fits"), "no FITS"), "a FITS file", "'no FITS'");
        assertRefused(Files.createFile(folder.resolve("empty.fits")), "it is empty");
        assertRefused(folder.resolve("missing.fits"), "no such file");
        byte[] image = new FitsCards()
                .add("SIMPLE", true, "")
                .add("BITPIX", -32, "")
                .add("NAXIS", 2, "")
                .add("NAXIS1", 0, "")
                .add("NAXIS2", 0, "")
                .bytes();
        assertRefused(
                Files.write(folder.resolve("image.fits"), image),
                "images that lie on the sky",
                "expected NAXIS1 of 1 to",
                "found 0");
        byte[] whole = Files.readAllBytes(map);
        assertRefused(
                Files.write(folder.resolve("short.fits"), java.util.Arrays.copyOf(whole, 1_000_000)),
                "the file is truncated");
        assertRefused(
                changed("nside.fits", "NSIDE   =                  512", "NSIDE   =                  500"),
                "power of two");
        assertRefused(
                changed("count.fits", "NSIDE   =                  512", "NSIDE   =                  256"),
                "786432 pixels");
        assertRefused(
                changed("claim.fits", "NAXIS2  =                 3072", "NAXIS2  =        1000000000000"), "truncated");
    }

    private Path changed(String name, String from, String to) throws IOException {
        byte[] bytes = Files.readAllBytes(map);
        String header = new String(bytes, 0, 5760, StandardCharsets.US_ASCII);
        assertThat(header).contains(from);
        System.arraycopy(header.replace(from, to).getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 5760);
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void anEmptyFolderAndAnUnknownColumnAreRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("nothing-here"));
        assertRefused(empty, "expected FITS images or pictures, found none");
        Program.Ended ended = Program.run("generate", map, "--column", "TEMP", "--out", folder.resolve("refused"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("expected a column 'TEMP', found columns 1 'BRIGHTNESS'");
    }

    @Test
    void placesThatCannotBeWrittenAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "x");
        Program.Ended onFile = Program.run("generate", map, "--out", file, "--quiet");
        assertThat(onFile.code()).isEqualTo(1);
        assertThat(onFile.err()).contains("a-file' is a file: expected a folder, or nothing yet");
        Program.Ended belowFile = Program.run("generate", map, "--out", file.resolve("survey"), "--quiet");
        assertThat(belowFile.code()).isEqualTo(1);
        assertThat(belowFile.err().lines()).hasSize(1);
        assertThat(Files.readString(file)).isEqualTo("x");
        Program.Ended unwritable = Program.run("generate", map, "--out", "/proc/survey", "--quiet");
        assertThat(unwritable.code()).isEqualTo(1);
        assertThat(unwritable.err().lines()).hasSize(1);
    }

    @Test
    void aDryRunTellsThePlanAndTouchesNothing() throws IOException {
        Path survey = folder.resolve("planned");
        Program.Ended text = Program.run("generate", map, "--out", survey, "--dry-run", "--id", "ivo://test/P/sky");
        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("order            3", "tile-width       64", "frame            galactic");
        Program.Ended json =
                Program.run("generate", map, "--out", survey, "--dry-run", "--json", "--tile-width", "512", "--quiet");
        assertThat(json.out().lines()).hasSize(1);
        assertThat(json.out()).contains("\"order\":0", "\"tile-width\":512", "\"tiles\":24");
        assertThat(survey).doesNotExist();
    }

    @Test
    void aDefinitionSaysTheSameAsFlagsAndFlagsCountMore() throws IOException {
        Path definition = Files.writeString(folder.resolve("sky.yaml"), """
                id: ivo://test/P/defined
                title: Defined in a file
                release-date: 2026-02-03
                source:
                  map: sky.fits
                  column: BRIGHTNESS
                tiles:
                  formats: [jpeg, fits]
                  width: 256
                display:
                  cut: 1% 99%
                  stretch: asinh
                  colormap: viridis
                properties:
                  obs_regime: [Infrared, Radio]
                """);
        Path survey = folder.resolve("defined");
        Program.Ended ended = Program.run(
                "generate",
                definition,
                "--out",
                survey,
                "--stretch",
                "log",
                "--property",
                "obs_regime=Optical",
                "--quiet");
        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(Files.readString(survey.resolve("properties")))
                .contains("creator_did          = ivo://test/P/defined\n")
                .contains("hips_release_date    = 2026-02-03T00:00Z\n")
                .contains("hips_tile_format     = jpeg fits\n")
                .contains("hips_pixel_function  = log\n")
                .contains("obs_regime           = Optical\n")
                .doesNotContain("Infrared");
        Files.writeString(definition, Files.readString(definition).replace("title:", "titel:"));
        Program.Ended wrong = Program.run("generate", definition, "--out", survey);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("sky.yaml' line 2: unknown key 'titel': did you mean 'title'?");
    }

    @Test
    void ctrlCPublishesNothingAndTheSameCommandGoesOn() throws Exception {
        Path survey = folder.resolve("interrupted");
        List<String> command =
                Program.command("generate", map, "--out", survey, "--tile-width", "8", "--formats", "fits,png,jpeg");
        try (Program.Started run = Program.start(command)) {
            waitForTiles(folder.resolve(".interrupted.hipsnode"));
            run.interrupt();
            Program.Ended ended = Program.end(run);
            assertThat(ended.code()).isEqualTo(130);
            assertThat(ended.err()).contains("hipsnode: interrupted: nothing was published");
        }
        assertThat(survey).doesNotExist();
        assertThat(folder.resolve(".interrupted.hipsnode/journal")).exists();
        Program.Ended again = Program.run(command);
        assertThat(again.out()).contains("tiles were there already");
        assertThat(survey.resolve("properties")).exists();
        assertThat(folder.resolve(".interrupted.hipsnode")).doesNotExist();
    }

    private static void waitForTiles(Path work) throws InterruptedException {
        for (int i = 0; i < 3000 && !Files.exists(work.resolve("release/Norder6")); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(work.resolve("release/Norder6")).exists();
    }

    @Test
    void aKilledRunHurtsNobodyAndTheNextOneCompletes() throws Exception {
        Path survey = folder.resolve("killed");
        try (Program.Started run =
                Program.start(Program.command("generate", map, "--out", survey, "--tile-width", "8"))) {
            waitForTiles(folder.resolve(".killed.hipsnode"));
            Program.Ended second = Program.run("generate", map, "--out", survey, "--quiet");
            assertThat(second.code()).isEqualTo(11);
            assertThat(second.err())
                    .contains("is being written by another run (process "
                            + run.process().pid());
            run.process().destroyForcibly().waitFor();
        }
        assertThat(survey).doesNotExist();
        assertThat(Program.run("generate", map, "--out", survey, "--quiet").code())
                .isZero();
        assertThat(survey.resolve("properties")).exists();
        assertThat(folder.resolve(".killed.hipsnode")).doesNotExist();
    }

    /** A disk of two megabytes, where the test may mount one. */
    @Test
    void aFullDiskPublishesNothing() throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        boolean mounted = Program.run(List.of("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
                        .code()
                == 0;
        org.hipsnode.Required.tool(mounted, "the right to mount a tmpfs");
        try {
            Program.Ended ended = Program.run("generate", map, "--out", disk.resolve("survey"), "--quiet");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(ended.err())
                    .contains("cannot be written: No space left on device")
                    .contains("disk/survey");
            try (Stream<Path> left = Files.list(disk)) {
                assertThat(left).containsExactly(disk.resolve(".survey.hipsnode"));
            }
        } finally {
            Program.run(List.of("umount", disk.toString()));
        }
    }

    @Test
    void lintKnowsSurveysListsAndAddresses() throws IOException {
        Path surveys = folder.resolve("served");
        Program.run("generate", map, "--out", surveys.resolve("sky"), "--id", "ivo://test/P/sky", "--quiet");
        Program.Ended good = Program.run("lint", surveys.resolve("sky"));
        assertThat(good.code()).as(good.toString()).isZero();
        assertThat(good.err()).contains("0 errors");
        try (Program.Started server = Program.serve(surveys)) {
            String address = server.firstLine();
            assertThat(Program.run("lint", address + "sky").code()).isZero();
            Program.Ended list = Program.run("lint", address + "hipslist");
            assertThat(list.code()).as(list.toString()).isZero();
            Program.Ended nothing = Program.run("lint", "--json", address + "nothing");
            assertThat(nothing.code()).isEqualTo(4);
            assertThat(nothing.out()).contains("\"severity\":\"ERROR\"", "\"object\":\"properties\"");
            Files.delete(surveys.resolve("sky/Norder0/Dir0/Npix3.fits"));
            Program.Ended missing = Program.run("lint", surveys.resolve("sky"), "--quiet");
            assertThat(missing.code()).isEqualTo(4);
            assertThat(missing.out()).contains("ERROR   [4.1] Norder0/Dir0/Npix3.fits: missing");
        }
        Path huge = folder.resolve("huge");
        Files.createDirectories(huge);
        try (var channel = Files.newByteChannel(
                huge.resolve("properties"),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(100_000_000).write(java.nio.ByteBuffer.wrap(new byte[] {10}));
        }
        Program.Ended tooLarge = Program.run("lint", huge);
        assertThat(tooLarge.code()).isEqualTo(4);
        assertThat(tooLarge.out()).contains("properties' is too large").doesNotContain("missing: viewers");
    }

    @Test
    void verifyNamesEveryFileThatIsNotAsItWas() throws IOException {
        Path survey = folder.resolve("verified");
        Program.run("generate", map, "--out", survey, "--id", "ivo://test/P/verified", "--quiet");
        Program.Ended good = Program.run("verify", survey, "--quiet");
        assertThat(good.code()).as(good.toString()).isZero();
        assertThat(good.out())
                .matches("(?s).*verified: generation 1, \\d+ files, .*, content [0-9a-f]{32}, 0 defects\n");
        assertThat(good.err()).isEmpty();
        assertThat(Program.run("lint", survey).code()).isZero();
        Files.delete(survey.resolve("Norder0/Dir0/Npix3.fits"));
        Files.writeString(survey.resolve("index.html"), "changed");
        Files.writeString(survey.resolve("new"), "");
        Program.Ended bad = Program.run("verify", survey);
        assertThat(bad.code()).isEqualTo(4);
        assertThat(bad.out().lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("ERROR   Norder0/Dir0/Npix3.fits: missing: expected "))
                .anyMatch(line -> line.startsWith("ERROR   index.html: expected "))
                .anyMatch(line -> line.startsWith("ERROR   new: added"))
                .anyMatch(line -> line.endsWith(", 3 defects"));
        Program.Ended json = Program.run("verify", survey, "--json", "--workers", "1");
        assertThat(json.out().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"target\":"));
        assertThat(json.out()).contains("\"object\":\"new\"", "\"generation\":1", "\"defects\":3");
    }

    @Test
    void aManifestIsMadeForASurveyWithoutOne() throws IOException {
        Path survey = folder.resolve("without");
        Program.run("generate", map, "--out", survey, "--id", "ivo://test/P/without", "--quiet");
        String first = Program.run("verify", survey).out();
        Program.Ended again = Program.run("verify", survey, "--make");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("expected a survey without manifest, found one");
        Files.delete(survey.resolve(".hipsnode/manifest.json"));
        Program.Ended none = Program.run("verify", survey, "--quiet");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err().lines()).hasSize(1);
        assertThat(none.err()).contains("hipsnode verify " + survey + " --make");
        Program.Ended made = Program.run("verify", survey, "--make", "--quiet");
        assertThat(made.code()).as(made.toString()).isZero();
        assertThat(made.out()).isEqualTo(first);
        assertThat(Program.run("verify", survey).out()).isEqualTo(first);
        assertNothingHidden();
    }

    @Test
    void aNodesConfigurationIsServed() throws IOException {
        Path surveys = folder.resolve("configured");
        Program.run("generate", map, "--out", surveys.resolve("sky"), "--id", "ivo://test/P/sky", "--quiet");
        Path config = Files.writeString(folder.resolve("node.yaml"), """
                title: The node of the test
                base-url: https://hips.example/
                data: configured
                server:
                  port: 0
                """);
        try (Program.Started server = Program.start(Program.command("serve", config))) {
            String address = server.firstLine();
            assertThat(new String(Program.fetch(address), StandardCharsets.UTF_8))
                    .contains("<title>The node of the test</title>");
            assertThat(new String(Program.fetch(address + "hipslist"), StandardCharsets.UTF_8))
                    .contains("hips_service_url     = https://hips.example/sky\n");
        }
        Files.writeString(config, "titel: x\ndata: configured\n");
        Program.Ended wrong = Program.run("serve", config);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("node.yaml' line 1: unknown key 'titel': did you mean 'title'?");
    }
}
