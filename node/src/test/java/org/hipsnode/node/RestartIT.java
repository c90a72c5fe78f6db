package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.Digests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed at any moment, and disks that fill: nothing is lost, and no reader sees half a survey. */
class RestartIT {
    private static final int KILLS = 30;
    private static final int KILLS_OF_IMAGES = 6;

    /** Before this the program has not begun. */
    private static final int EARLIEST_MILLIS = 200;

    private static final String PATIENCE = "a run of the program takes seconds";

    @TempDir
    private Path folder;

    private Path map() throws IOException {
        Python.require();
        Path maps = Files.createDirectories(folder.resolve("maps"));
        assertThat(Python.script("make_maps.py", maps)).matches(e -> e.code() == 0);
        return maps.resolve("ring.fits");
    }

    private static List<String> command(Path map, Path survey, String cut) {
        return Program.command(
                "generate",
                map,
                "--out",
                survey,
                "--id",
                "ivo://test/P/x",
                "--title",
                "A sky",
                "--formats",
                "png,fits,jpeg",
                "--tile-width",
                "4",
                "--cut",
                cut,
                "--quiet");
    }

    private static void make(List<String> command) throws IOException {
        Program.Ended ended = Program.run(command);
        assertThat(ended.code()).as(ended.toString()).isZero();
    }

    private static Map<String, String> content(Path survey) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(survey)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(survey.relativize(file).toString(), Digests.sha256(file));
            }
        }
        return content;
    }

    /** Returns the names of the files that are in one only, or differ. */
    private static Set<String> difference(Map<String, String> one, Map<String, String> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return names;
    }

    /** One survey is killed into being, again and again, beside a reader; then it is what it would have been. */
    @Test
    void aRunKilledAtAnyMomentIsCompletedByTheNext() throws Exception {
        Path map = map();
        Path first = folder.resolve("first");
        make(command(map, first, "0,1"));
        assertKillsAreSurvived(first, survey -> command(map, survey, "0,2"), "Norder3/Dir0/Npix100.png", KILLS);
    }

    /** Packed and plain images, of which one changes, one comes and one goes. */
    @Test
    void aRunOfImagesKilledAtAnyMomentIsCompletedByTheNext() throws Exception {
        Path images = folder.resolve("images");
        for (int i = 0; i < 9; i++) {
            image(images, i, i);
        }
        Path first = folder.resolve("first");
        make(command(images, first));
        String tile = deepestTile(first);
        image(images, 4, 100);
        image(images, 9, 9);
        Files.delete(images.resolve("0.fits.gz"));
        assertKillsAreSurvived(first, survey -> command(images, survey), tile, KILLS_OF_IMAGES);
        try (Stream<Path> temporary = Files.list(folder.resolve("temporary"))) {
            assertThat(temporary.filter(
                            path -> String.valueOf(path.getFileName()).startsWith("hipsnode-")))
                    .as("what killed runs had unpacked")
                    .isEmpty();
        }
    }

    /** In rows of three that overlap; each third one is packed. */
    private static void image(Path images, int number, long seed) throws IOException {
        int row = number / 3;
        MadeImages.Place place = new MadeImages.Place(50 + 0.4 * (number % 3), 30 + 0.5 * row, 25 * number);
        Path image = MadeImages.write(images.resolve(number + ".fits"), place, seed);
        if (number % 3 == 0) {
            try (OutputStream packed =
                    new GZIPOutputStream(Files.newOutputStream(images.resolve(number + ".fits.gz")))) {
                packed.write(Files.readAllBytes(image));
            }
            Files.delete(image);
        }
    }

    private List<String> command(Path images, Path survey) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env", "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("temporary"))));
        command.addAll(Program.command(
                "generate",
                images,
                "--out",
                survey,
                "--id",
                "ivo://test/P/x",
                "--title",
                "A field",
                "--coadd",
                "median",
                "--formats",
                "png,fits",
                "--tile-width",
                "128",
                "--cut",
                "60,140",
                "--quiet"));
        return command;
    }

    private static String deepestTile(Path survey) throws IOException {
        return content(survey).keySet().stream()
                .filter(name -> name.matches("Norder7/.*png"))
                .findFirst()
                .orElseThrow();
    }

    /** The command that makes a survey. */
    @FunctionalInterface
    private interface Making {
        List<String> of(Path survey) throws IOException;
    }

    /**
     * Kills runs that make the next release.
     *
     * @param first the release before
     * @param tile that a reader looks at all the time
     */
    private void assertKillsAreSurvived(Path first, Making next, String tile, int kills) throws Exception {
        Path expected = folder.resolve("expected");
        copy(first, expected);
        long start = System.nanoTime();
        make(next.of(expected));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Map<String, String> old = content(first);
        Map<String, String> whole = content(expected);
        assertThat(difference(old, whole)).isNotEmpty();
        Random random = new Random(20261124);
        Path survey = folder.resolve("survey");
        int stopped = 0;
        for (int i = 0; i < 2 * kills && stopped < kills; i++) {
            if (i % 3 == 0) {
                // the others go on from where the kill before left off
                AtomicFiles.deleteTree(survey);
                AtomicFiles.deleteTree(folder.resolve(".survey.hipsnode"));
                copy(first, survey);
            }
            try (Reader reader = new Reader(survey, tile, old, whole)) {
                kill(next.of(survey), EARLIEST_MILLIS + random.nextLong(millis));
                assertThat(reader.complaints()).isEmpty();
            }
            Map<String, String> now = Files.exists(survey) ? content(survey) : Map.of();
            assertThat(List.of(old, whole, Map.of()).contains(now))
                    .as("whole after kill " + i)
                    .isTrue();
            stopped += now.equals(whole) && i % 3 == 0 ? 0 : 1;
            if (i % 3 == 2) {
                make(next.of(survey));
                assertThat(difference(content(survey), whole))
                        .as("after kill " + i)
                        .isEmpty();
                assertThat(folder.resolve(".survey.hipsnode")).doesNotExist();
            }
        }
        assertThat(stopped).as("kills that came in time").isGreaterThanOrEqualTo(kills);
    }

    private static void kill(List<String> command, long afterMillis) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(PATIENCE).isTrue();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Reads a survey all the time, and complains if it is neither the one nor the other, file by file. */
    private static final class Reader implements AutoCloseable {
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
        private final Thread thread;

        Reader(Path survey, String tile, Map<String, String> old, Map<String, String> whole) {
            List<String> names = List.of("properties", tile, "Moc.fits");
            thread = new Thread(() -> {
                while (going.get()) {
                    names.forEach(name ->
                            read(survey.resolve(name), old.getOrDefault(name, ""), whole.getOrDefault(name, "")));
                }
            });
            thread.start();
        }

        private void read(Path file, String old, String whole) {
            try {
                String found = Digests.sha256(file);
                if (!found.equals(old) && !found.equals(whole)) {
                    complaints.add(file + " is neither the old one nor the new one");
                }
            } catch (NoSuchFileException e) {
                // between the two renames of the swap there is no survey, and never half of one
            } catch (IOException e) {
                complaints.add(e.toString());
            }
        }

        Queue<String> complaints() {
            return complaints;
        }

        @Override
        public void close() {
            going.set(false);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aDiskThatFillsPublishesNothingAndTheRunGoesOnWhenThereIsRoom() throws Exception {
        Path map = map();
        Path expected = folder.resolve("expected");
        make(command(map, expected, "0,2"));
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(Disk.mount(disk, "4m"), "no right to mount a file system here: this test was skipped");
        try {
            Path survey = disk.resolve("survey");
            Program.Ended full = Program.run(command(map, survey, "0,2").stream()
                    .filter(word -> !word.equals("--quiet"))
                    .toList());
            assertThat(full.code()).as(full.toString()).isEqualTo(1);
            assertThat(full.err())
                    .contains(
                            "note: the disk of '" + survey + "' has ",
                            "No space left on device",
                            "survey' is full: ",
                            "more must be made free")
                    .contains("nothing is published; ", ".survey.hipsnode', and the same command goes on from there");
            assertThat(survey).doesNotExist();
            assertThat(disk.resolve(".survey.hipsnode/journal")).exists();
            Disk.resize(disk, "200m");
            Program.Ended again = Program.run(command(map, survey, "0,2"));
            assertThat(again.code()).as(again.toString()).isZero();
            assertThat(again.out()).contains("tiles were there already");
            assertThat(difference(content(survey), content(expected))).isEmpty();
        } finally {
            Disk.unmount(disk);
        }
    }
}
