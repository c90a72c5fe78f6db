package org.hipsnode.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.SurveyFiles;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCheckTest {
    private static final int WORKERS = 3;

    @TempDir
    private Path folder;

    /** What can happen to a file. */
    enum Fault {
        FLIPPED,
        CUT,
        LENGTHENED,
        DELETED
    }

    private static List<Finding> check(Path survey) throws IOException {
        return check(survey, WORKERS);
    }

    private static List<Finding> check(Path survey, int workers) throws IOException {
        List<Finding> findings = new ArrayList<>();
        ManifestCheck.check(survey, workers, new Progress(() -> 0), findings::add);
        return findings;
    }

    private static List<String> files(Path survey) throws IOException {
        try (Stream<Path> all = Files.walk(survey)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> survey.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static void spoil(Path file, Fault fault, int where) throws IOException {
        byte[] content = Files.readAllBytes(file);
        switch (fault) {
            case FLIPPED -> content[Math.floorMod(where, content.length)] ^= (byte) (1 << Math.floorMod(where, 8));
            case CUT -> content = Arrays.copyOf(content, Math.floorMod(where, content.length));
            case LENGTHENED -> content = Arrays.copyOf(content, content.length + 1);
            default -> {
                Files.delete(file);
                return;
            }
        }
        Files.write(file, content);
    }

    private interface SurveyUse {
        void accept(Path survey) throws IOException;
    }

    private static void onDisk(Map<String, byte[]> files, SurveyUse use) throws IOException {
        Path temporary = Files.createTempDirectory("manifest-check");
        try {
            SurveyFiles.publish(files, temporary.resolve("survey"));
            use.accept(temporary.resolve("survey"));
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
    }

    @Provide
    Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    @Provide
    Arbitrary<String> added() {
        return Arbitraries.oneOf(
                SurveyFiles.tiles(),
                Arbitraries.of(
                        "new",
                        "Norder3/new",
                        "a/b/c/d",
                        ".hipsnode/new.json",
                        ".hipsnode/manifest/new",
                        ".hipsnode/manifest/e3/e3b0c44298fc1c149afbf4c8996fb924.shard"));
    }

    @Property(tries = 100)
    void oneFaultAnywhereIsFoundAndNothingElse(
            @ForAll("surveys") Map<String, byte[]> files, @ForAll Fault fault, @ForAll int which, @ForAll int where)
            throws IOException {
        onDisk(files, survey -> {
            assertThat(check(survey)).isEmpty();
            List<String> names = files(survey);
            String name = names.get(Math.floorMod(which, names.size()));
            Assume.that(Files.size(survey.resolve(name)) > 0 || fault == Fault.DELETED || fault == Fault.LENGTHENED);
            Assume.that(fault != Fault.DELETED || !name.equals(ManifestName.ROOT));
            spoil(survey.resolve(name), fault, where);
            assertThat(check(survey)).singleElement().satisfies(finding -> {
                assertThat(finding.object()).isEqualTo(name);
                assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            });
        });
    }

    @Property(tries = 40)
    void aFileTooManyIsFoundAndNothingElse(@ForAll("surveys") Map<String, byte[]> files, @ForAll("added") String name)
            throws IOException {
        Assume.that(!files.containsKey(name));
        onDisk(files, survey -> {
            SurveyFiles.put(survey, name, new byte[] {1});
            assertThat(check(survey))
                    .containsExactly(new Finding(Severity.ERROR, "", name, "added: the manifest does not tell of it"));
        });
    }

    @Property(tries = 40)
    void everyFaultOfManyIsNamedInTheSameSequenceByAnyNumberOfWorkers(
            @ForAll("surveys") Map<String, byte[]> files,
            @ForAll @Size(max = 10) List<Fault> faults,
            @ForAll @Size(max = 3) List<@IntRange(max = 100) Integer> added,
            @ForAll int where)
            throws IOException {
        onDisk(files, survey -> {
            Set<String> expected = new TreeSet<>();
            List<String> names = new ArrayList<>(files.keySet());
            for (int i = 0; i < Math.min(faults.size(), names.size()); i++) {
                String name = names.get(i);
                if (Files.size(survey.resolve(name)) > 0) {
                    spoil(survey.resolve(name), faults.get(i), where);
                    expected.add(name);
                }
            }
            for (int number : added) {
                SurveyFiles.put(survey, "added/" + number, new byte[0]);
                expected.add("added/" + number);
            }
            List<Finding> findings = check(survey);
            assertThat(findings.stream().map(Finding::object)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(check(survey, 1)).isEqualTo(findings);
        });
    }

    /** A check that is stopped when some files are done, and what it has found until then. */
    private static List<Defect> stopped(Path survey, long after, long until) throws IOException {
        List<Defect> defects = new ArrayList<>();
        Reading reading = new Reading(after, bytes -> {}, done -> {
            if (done == until) {
                throw new CancellationException("stopped");
            }
        });
        try {
            ManifestCheck.check(survey, WORKERS, new Progress(() -> 0), reading, defects::add);
        } catch (CancellationException e) {
            return defects;
        }
        return defects;
    }

    @Property(tries = 40)
    void aCheckThatIsGoneOnWithFindsTheSameAsAWholeOne(
            @ForAll("surveys") Map<String, byte[]> files,
            @ForAll @Size(max = 10) List<Fault> faults,
            @ForAll @IntRange(max = 40) int at,
            @ForAll int where)
            throws IOException {
        onDisk(files, survey -> {
            List<String> names = files(survey);
            names = names.stream().filter(n -> !n.equals(ManifestName.ROOT)).toList();
            for (int i = 0; i < faults.size(); i++) {
                String name = names.get(Math.floorMod(where + 7 * i, names.size()));
                if (Files.exists(survey.resolve(name)) && Files.size(survey.resolve(name)) > 0) {
                    spoil(survey.resolve(name), faults.get(i), where);
                }
            }
            Set<Finding> all = new LinkedHashSet<>(check(survey));
            Set<Finding> inTwo = new LinkedHashSet<>();
            stopped(survey, 0, at).forEach(defect -> inTwo.add(defect.finding()));
            stopped(survey, at, Long.MAX_VALUE).forEach(defect -> inTwo.add(defect.finding()));
            assertThat(inTwo).containsExactlyInAnyOrderElementsOf(all);
        });
    }

    @Test
    void whatWasReadBeforeIsNotReadAgain() throws IOException {
        publish("a", "bb", "ccc");
        List<Long> read = new ArrayList<>();
        ManifestCheck.check(folder, 1, new Progress(() -> 0), new Reading(1, read::add, done -> {}), defect -> {});
        assertThat(read).containsExactly(2L, 3L);
    }

    @Test
    void kindsOfDefectsAreToldApart() throws IOException {
        publish("a", "b");
        Files.writeString(folder.resolve("a"), "x");
        Files.delete(folder.resolve("b"));
        SurveyFiles.put(folder, "c", new byte[1]);
        SurveyFiles.put(folder, ".DS_Store", new byte[1]);
        List<Defect> defects = stopped(folder, 0, Long.MAX_VALUE);
        assertThat(defects.stream().map(d -> d.kind().word() + " " + d.name() + " " + d.isSerious()))
                .containsExactlyInAnyOrder("damaged a true", "missing b true", "added c true", "added .DS_Store false");
    }

    private static String tile(int order, long index) {
        return TreeName.tile(new TileAddress(order, index), TileFormat.PNG).toString();
    }

    private ManifestRoot publish(String... names) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : names) {
            files.put(name, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return SurveyFiles.publish(files, folder);
    }

    @Test
    void findingsSayWhatWasExpectedAndWhatWasFound() throws IOException {
        publish("a", "b", "c", "d", "e");
        Files.writeString(folder.resolve("a"), "x");
        Files.writeString(folder.resolve("b"), "longer");
        Files.delete(folder.resolve("c"));
        Files.delete(folder.resolve("d"));
        Files.createDirectory(folder.resolve("d"));
        Files.writeString(folder.resolve("f"), "");
        assertThat(check(folder).stream().map(Finding::toString))
                .containsExactly(
                        "ERROR   a: expected content of digest ca978112ca1bbdcafac231b39a23dc4d, found "
                                + Digest.of(new byte[] {'x'}),
                        "ERROR   b: expected 1 bytes, found 6",
                        "ERROR   c: missing: expected 1 bytes",
                        "ERROR   d: expected a file, found a folder",
                        "ERROR   f: added: the manifest does not tell of it");
    }

    @Test
    void aFileInPlaceOfAFolderIsSaidForEachFileBelow() throws IOException {
        publish("folder/a", "folder/b");
        AtomicFiles.deleteTree(folder.resolve("folder"));
        Files.writeString(folder.resolve("folder"), "");
        assertThat(check(folder).stream().map(Finding::toString))
                .containsExactly(
                        "ERROR   folder/a: cannot be read: Not a directory",
                        "ERROR   folder/b: cannot be read: Not a directory",
                        "ERROR   folder: added: the manifest does not tell of it");
    }

    @Test
    void hiddenFilesAreOnlyWarnedOf() throws IOException {
        publish("a");
        SurveyFiles.put(folder, ".DS_Store", new byte[1]);
        SurveyFiles.put(folder, "x/.nfs1", new byte[1]);
        SurveyFiles.put(folder, ".hipsnode/.left.tmp", new byte[1]);
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));
        assertThat(check(folder).stream().map(f -> f.severity() + " " + f.object()))
                .containsExactly("WARNING .DS_Store", "WARNING .hipsnode/.left.tmp", "ERROR broken", "WARNING x/.nfs1");
    }

    @Test
    void whatALostObjectToldOfCannotBeCheckedAndIsNotTakenForAdded() throws IOException {
        publish(tile(5, 0), tile(5, 300), tile(5, 5000), tile(3, 0), "a");
        List<String> objects = files(folder.resolve(".hipsnode/manifest"));
        String node =
                objects.stream().filter(o -> o.endsWith(".node")).findFirst().orElseThrow();
        spoil(folder.resolve(".hipsnode/manifest").resolve(node), Fault.FLIPPED, 60);
        spoil(folder.resolve(tile(5, 0)), Fault.FLIPPED, 0);
        spoil(folder.resolve(tile(3, 0)), Fault.FLIPPED, 0);
        SurveyFiles.put(folder, tile(4, 0), new byte[1]);
        assertThat(check(folder).stream().map(Finding::toString))
                .hasSize(3)
                .anyMatch(f -> f.endsWith(node + ": expected content as its name says, found other content; 3 tiles"
                        + " cannot be checked: order 5 png tiles 0 to 12287"))
                .anyMatch(f -> f.contains(tile(3, 0)))
                .anyMatch(f -> f.contains(tile(4, 0) + ": added"));
    }

    @Test
    void ofADamagedShardTheOtherPagesAreChecked() throws IOException {
        publish(tile(5, 0), tile(5, 300), tile(5, 301));
        Path objects = folder.resolve(".hipsnode/manifest");
        Path shard = objects.resolve(files(objects).stream()
                .filter(o -> o.endsWith(".shard"))
                .findFirst()
                .orElseThrow());
        spoil(shard, Fault.FLIPPED, 350);
        spoil(folder.resolve(tile(5, 1)).resolveSibling("Npix0.png"), Fault.FLIPPED, 0);
        spoil(folder.resolve(tile(5, 301)), Fault.FLIPPED, 0);
        SurveyFiles.put(folder, tile(5, 255), new byte[1]);
        SurveyFiles.put(folder, tile(5, 256), new byte[1]);
        assertThat(check(folder).stream().map(Finding::object))
                .containsExactly(folder.relativize(shard).toString(), tile(5, 301), tile(5, 256));
    }

    @Test
    void aDamagedRootIsAllThatCanBeSaid() throws IOException {
        publish("a");
        spoil(folder.resolve(ManifestName.ROOT), Fault.CUT, 50);
        List<Finding> findings = new ArrayList<>();
        assertThat(ManifestCheck.check(folder, 1, new Progress(() -> 0), findings::add))
                .isEmpty();
        assertThat(findings)
                .singleElement()
                .satisfies(f -> assertThat(f.toString())
                        .isEqualTo(
                                "ERROR   .hipsnode/manifest.json: expected a manifest that ends with its own digest, "
                                        + "found one that is cut off, or none; no file can be checked"));
    }

    @Test
    void aSurveyWithoutManifestIsRefusedWithAWayOut() throws IOException {
        SurveyFiles.put(folder, "properties", new byte[0]);
        assertThatThrownBy(() -> check(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "'" + folder + "': expected a survey with a manifest, found no .hipsnode/manifest.json",
                        "hipsnode verify " + folder + " --make");
    }

    @Test
    void aReleaseThatComesMeanwhileIsNotMistakenForDamage() throws IOException {
        publish("a", "b");
        Path other = folder.resolve("other");
        SurveyFiles.publish(Map.of("b", new byte[3]), other);
        Files.delete(folder.resolve("a"));
        assertThatThrownBy(() -> ManifestCheck.check(folder, 1, new Progress(() -> 0), finding -> move(other)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("became another release while it was verified: start again");
    }

    private void move(Path other) {
        try {
            byte[] root = Files.readAllBytes(other.resolve(ManifestName.ROOT));
            Files.write(folder.resolve(ManifestName.ROOT), root);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aCheckCanBeStopped() throws IOException {
        publish("a", "b");
        Progress progress = new Progress(() -> 0);
        progress.cancel();
        assertThatThrownBy(() -> ManifestCheck.check(folder, 2, progress, finding -> {}))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void progressCountsEveryFileAndByte() throws IOException {
        ManifestRoot root = publish(tile(5, 0), tile(5, 1), "a");
        Progress progress = new Progress(() -> 0);
        assertThat(ManifestCheck.check(folder, 2, progress, finding -> {}))
                .hasValueSatisfying(checked -> assertThat(checked.digest()).isEqualTo(root.digest()));
        Progress.Phase phase = progress.phases().get(0);
        assertThat(phase.total()).isEqualTo(3);
        assertThat(phase.done()).isEqualTo(3);
        assertThat(phase.bytes()).isEqualTo(root.totalBytes());
    }
}
