package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.faults.HonestFolder;
import org.hipsnode.faults.LyingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mirrors made by the program as users run it, of a running node and of nginx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MirrorIT {
    private Path folder;
    private Path survey;
    private Program.Started node;
    private String address;

    @BeforeAll
    void serve(@TempDir Path temporary) throws IOException {
        folder = temporary;
        survey = folder.resolve("data/sky");
        MadeSky.generate(
                folder,
                survey,
                "--title",
                "A sky to mirror",
                "--tile-width",
                "64",
                "--formats",
                "png",
                "--release-date",
                "2026-01-01T00:00Z");
        node = Program.serve(folder.resolve("data"));
        address = node.firstLine() + "sky";
    }

    @AfterAll
    void stop() throws IOException {
        node.close();
    }

    private static Program.Ended mirror(String url, Path copy, String... more) throws IOException {
        List<Object> words = new java.util.ArrayList<>(List.of("mirror", url, "--to", copy, "--quiet"));
        words.addAll(List.of(more));
        return Program.run(words.toArray());
    }

    /** All files but the list and what is our own. */
    private static Map<String, String> files(Path tree) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                String name = tree.relativize(file).toString();
                if (!name.startsWith(".hipsnode/") && !name.equals("properties")) {
                    files.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    private static void isWholeCopy(Path copy, Path origin) throws IOException {
        Map<String, String> expected = files(origin);
        assertThat(files(copy)).hasSameSizeAs(expected);
        assertThat(files(copy).equals(expected)).isTrue();
        Program.Ended verified = Program.run("verify", copy, "--quiet");
        assertThat(verified.code()).as(verified.toString()).isZero();
    }

    private long requests() throws IOException {
        String root = address.substring(0, address.length() - "sky".length());
        return new String(Program.fetch(root + "metrics"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("hipsnode_requests_total") && !line.contains("kind=\"node\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aNodesSurveyIsMirroredWholeAndThenCostsOneRequest() throws IOException {
        Path copy = folder.resolve("copies/sky");
        Program.Ended first = mirror(address, copy);
        assertThat(first.code()).as(first.toString()).isZero();
        isWholeCopy(copy, survey);
        assertThat(Files.readString(copy.resolve("properties"))).contains("public mirror unclonable");
        long before = requests();
        Program.Ended second = mirror(address, copy);
        assertThat(second.out()).contains("up to date with the release of 2026-01-01T00:00Z");
        assertThat(requests() - before).isEqualTo(1);
    }

    @Test
    void aRunThatWasKilledIsGoneOnWith() throws IOException {
        Path copy = folder.resolve("killed/sky");
        Path work = folder.resolve("killed/.sky.hipsnode/journal");
        long atFirst = requests();
        Program.Started run =
                Program.start(Program.command("mirror", address, "--to", copy, "--quiet", "--limit-rate", "1000000"));
        try (run) {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
            while (System.nanoTime() < end && (!Files.exists(work) || Files.size(work) < 10_000)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            run.process().destroyForcibly();
            assertThat(run.process().onExit().join().exitValue()).isEqualTo(137);
        }
        assertThat(copy).doesNotExist();
        long before = requests();
        assertThat(before - atFirst)
                .as("killed in the middle")
                .isBetween(100L, files(survey).size() - 200L);
        Program.Ended again = mirror(address, copy);
        assertThat(again.code()).as(again.toString()).isZero();
        isWholeCopy(copy, survey);
        // some 16 were on their way, others not yet noted, and the manifest is read by both
        assertThat(requests() - atFirst)
                .as("requests of both")
                .isLessThan(files(survey).size() + 100L);
    }

    @Test
    void onAFullDiskTheReleaseBeforeStaysAndTheNextRunGoesOn() throws IOException {
        Path source = folder.resolve("growing/sky");
        copyTree(survey, source);
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(Disk.mount(disk, "200m"), "no right to mount a file system here: this test was skipped");
        Path copy = disk.resolve("sky");
        try (LyingServer server = LyingServer.choosing(new HonestFolder(() -> folder.resolve("growing")))) {
            String url = server.url("/sky");
            assertThat(mirror(url, copy).code()).isZero();
            Map<String, String> before = files(copy);
            double changed = exchange(source, 2) / 1e6;
            Disk.leaveFree(disk, 400);
            assertThat(mirror(url, copy, "--dry-run").out()).contains("the disk of '" + copy + "' has only 4");

            Program.Ended full = mirror(url, copy);
            assertThat(full.code()).as(full.toString()).isEqualTo(1);
            assertThat(full.err())
                    .contains("No space left on device", "sky' is full: ", "nothing is published; ")
                    .contains(".sky.hipsnode', and the same command goes on from there");
            Matcher more = Pattern.compile("so about ([0-9.]+) MB more must be made free")
                    .matcher(full.err());
            assertThat(more.find()).as(full.toString()).isTrue();
            // what is kept of other orders needs no room
            assertThat(Double.parseDouble(more.group(1))).isBetween(0.1, changed);
            assertThat(files(copy).equals(before)).isTrue();
            assertThat(Program.run("verify", copy, "--quiet").code()).isZero();

            Disk.resize(disk, "200m");
            server.forget();
            Program.Ended again = mirror(url, copy);
            assertThat(again.code()).as(again.toString()).isZero();
            assertThat(server.targets())
                    .as("what had come is not asked for again")
                    .hasSizeBetween(50, 180);
            isWholeCopy(copy, source);
        } finally {
            Disk.unmount(disk);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(path, copy);
            }
        }
    }

    /** Gives each tile of an order the content of the next, makes the manifest anew, and returns how many bytes they have. */
    private static long exchange(Path source, int order) throws IOException {
        long bytes = 0;
        Path tiles = source.resolve("Norder" + order + "/Dir0");
        byte[] first = Files.readAllBytes(tiles.resolve("Npix0.png"));
        int last = 12 * (1 << (2 * order)) - 1;
        for (int i = 0; i <= last; i++) {
            byte[] content = i == last ? first : Files.readAllBytes(tiles.resolve("Npix" + (i + 1) + ".png"));
            Files.write(tiles.resolve("Npix" + i + ".png"), content);
            bytes += content.length;
        }
        Files.delete(source.resolve(".hipsnode/manifest.json"));
        assertThat(Program.run("verify", source, "--make", "--quiet").code()).isZero();
        return bytes;
    }

    @Test
    void aDryRunTellsAndDoesNothing() throws IOException {
        Path copy = folder.resolve("none/sky");
        Program.Ended plan = mirror(address, copy, "--dry-run", "--json");
        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out())
                .contains("\"fetch\":" + (files(survey).size() + 1))
                .contains("\"delete\":0");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void damageIsFoundAndRepaired() throws IOException {
        Path copy = folder.resolve("repaired/sky");
        assertThat(mirror(address, copy).code()).isZero();
        Files.writeString(copy.resolve("Moc.fits"), "damaged");
        Files.writeString(copy.resolve("stray"), "damaged");
        Program.Ended plan = Program.run("mirror", "--repair", copy, "--dry-run");
        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out()).contains("2 files to put right from '" + address + "'");
        assertThat(copy.resolve("stray")).exists();
        Program.Ended repaired = Program.run("mirror", "--repair", copy);
        assertThat(repaired.code()).as(repaired.toString()).isZero();
        assertThat(repaired.out()).contains("1 fetched");
        isWholeCopy(copy, survey);
        assertThat(Program.run("mirror", "--repair", copy, "--quiet").out()).contains("every file is as");
    }

    @Test
    void aPartPassesTheCheck() throws IOException {
        Path copy = folder.resolve("part/sky");
        Program.Ended part = mirror(address, copy, "--cone", "10,20,8", "--min-order", "2");
        assertThat(part.code()).as(part.toString()).isZero();
        assertThat(Files.readString(copy.resolve("properties"))).contains("public partial unclonable");
        assertThat(Program.run("verify", copy, "--quiet").code()).isZero();
        assertThat(files(copy)).hasSizeLessThan(200);
    }

    @Test
    void allOfAListIsMirrored() throws IOException {
        Path copies = folder.resolve("listed");
        String list = address.substring(0, address.length() - "sky".length()) + "hipslist";
        Program.Ended ended =
                Program.run("mirror", "--list", list, "--filter", "creator_did=*/P/s?y", "--to", copies, "--quiet");
        assertThat(ended.code()).as(ended.toString()).isZero();
        isWholeCopy(copies.resolve("hipsnode.test/P/sky"), survey);
    }

    @Test
    void wrongUseIsSaid() throws IOException {
        assertThat(Program.run("mirror", address).err()).contains("--to DIR is missing");
        assertThat(Program.run("mirror").code()).isEqualTo(2);
        assertThat(mirror(address, folder.resolve("x"), "--cone", "1,2").err()).contains("LON,LAT,RADIUS");
        assertThat(mirror(address + "/none", folder.resolve("x")).err()).contains("found no properties there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aladin-gaia", "LHF-dss", "hips-extra/Planck-HFI143"})
    void realSurveysAreMirroredFromNginxToTheByte(String name) throws IOException {
        Path real = SharedData.require("hips");
        Program.require("nginx");
        Path copy = folder.resolve("real").resolve(name);
        try (Nginx nginx = Nginx.of(real, folder)) {
            Program.Ended first = mirror(nginx.address() + "/" + name, copy);
            assertThat(first.code()).as(first.toString()).isZero();
            assertThat(mirror(nginx.address() + "/" + name, copy).out()).contains("up to date");
        }
        Map<String, String> copied = files(copy);
        Map<String, String> expected = files(real.resolve(name));
        expected.keySet().removeIf(file -> isNoPart(name, file));
        assertThat(copied.keySet()).isEqualTo(expected.keySet());
        assertThat(copied.equals(expected)).isTrue();
    }

    /** What no HiPS names, and the FITS tiles of Gaia's, of which its properties do not tell. */
    private static boolean isNoPart(String name, String file) {
        return file.startsWith(".")
                || file.endsWith(".md")
                || file.equals("properties.txt")
                || (name.equals("aladin-gaia") && file.startsWith("Norder") && file.endsWith(".fits"));
    }

    @Test
    void whatMayNotBeCopiedIsNot() throws IOException {
        Path real = SharedData.require("hips");
        Program.require("nginx");
        try (Nginx nginx = Nginx.of(real, folder)) {
            Program.Ended refused = mirror(nginx.address() + "/aladin-lite/CFHT", folder.resolve("no"));
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("must not be mirrored").contains("public partial unclonable");
        }
    }
}
