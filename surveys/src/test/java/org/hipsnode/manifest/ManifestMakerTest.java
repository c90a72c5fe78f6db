package org.hipsnode.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.LockedException;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestMakerTest {

    @TempDir
    private Path folder;

    private static ManifestRoot make(Path survey) throws IOException {
        return ManifestMaker.make(survey, Optional.of("ivo://test/P/x"), Optional.empty(), 3, new Progress(() -> 0));
    }

    @Provide
    Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    private static Map<String, String> tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, String> tree = new TreeMap<>();
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                tree.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return tree;
        }
    }

    /** The one place where both ways to a manifest meet. */
    @Property(tries = 20)
    void aManifestMadeLaterIsTheOneThatIsMadeInPassing(@ForAll("surveys") Map<String, byte[]> files)
            throws IOException {
        Path temporary = Files.createTempDirectory("manifest-maker");
        try {
            SurveyFiles.publish(files, temporary.resolve("survey"));
            Path bare = temporary.resolve("bare");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                SurveyFiles.put(bare, file.getKey(), file.getValue());
            }
            make(bare);
            assertThat(tree(bare)).isEqualTo(tree(temporary.resolve("survey")));
        } finally {
            AtomicFiles.deleteTree(temporary);
        }
    }

    @Test
    void manyShardsAreMadeInNestedSequence() throws IOException {
        TileTree tree = new TileTree(6, TileFormat.PNG, 0);
        Map<String, byte[]> files = new TreeMap<>();
        for (long cell = 0; cell < tree.cells(); cell += 97) {
            files.put(tree.name(cell), new byte[] {(byte) cell});
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            SurveyFiles.put(folder, file.getKey(), file.getValue());
        }
        assertThat(make(folder).toBytes())
                .isEqualTo(SurveyFiles.write(files).root().toBytes());
    }

    @Test
    void hiddenFilesAreNoneOfTheSurveys() throws IOException {
        SurveyFiles.put(folder, "properties", new byte[1]);
        SurveyFiles.put(folder, ".DS_Store", new byte[1]);
        SurveyFiles.put(folder, ".hipsnode/state", new byte[1]);
        SurveyFiles.put(folder, ManifestName.PROVENANCE, new byte[1]);
        assertThat(make(folder).files()).containsOnlyKeys("properties", ManifestName.PROVENANCE);
    }

    @Test
    void namesThatCannotBeServedAreRefused() throws IOException {
        SurveyFiles.put(folder, "a\\b", new byte[1]);
        assertThatThrownBy(() -> make(folder))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContainingAll("a\\b", "rename the file");
        assertThat(folder.resolve(ManifestName.ROOT)).doesNotExist();
    }

    @Test
    void whileAnotherRunHasTheSurveyNothingIsDone() throws IOException {
        Path survey = folder.resolve("survey");
        SurveyFiles.put(survey, "properties", new byte[1]);
        Closeable lock = FolderPublication.lock(survey);
        try (lock) {
            assertThatThrownBy(() -> make(survey)).isInstanceOf(LockedException.class);
            assertThatThrownBy(() -> FolderPublication.begin(survey)).isInstanceOf(LockedException.class);
        }
        make(survey);
        assertThat(survey.resolve(ManifestName.ROOT)).exists();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(survey);
        }
    }

    @Test
    void whatAKilledRunLeftIsClearedAway() throws IOException {
        SurveyFiles.put(folder, "properties", new byte[1]);
        SurveyFiles.put(folder, ".hipsnode/manifest/e3/e3b0c44298fc1c149afbf4c8996fb924.shard", new byte[1]);
        make(folder);
        assertThat(tree(folder)).containsOnlyKeys("properties", ManifestName.ROOT);
    }

    @Test
    void aStoppedRunLeavesNoRoot() throws IOException {
        SurveyFiles.put(folder, "properties", new byte[1]);
        Progress progress = new Progress(() -> 0);
        progress.cancel();
        assertThatThrownBy(() -> ManifestMaker.make(folder, Optional.empty(), Optional.empty(), 1, progress))
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve(ManifestName.ROOT)).doesNotExist();
    }
}
