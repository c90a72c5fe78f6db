package org.hipsnode.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.Required;
import org.hipsnode.SharedData;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.manifest.SurveyFiles.Written;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {
    private static final TileTree TREE = new TileTree(6, TileFormat.FITS, 0);

    @Provide
    Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    @Property(tries = 200)
    void theSequenceOfTheFilesLeavesNoTrace(@ForAll("surveys") Map<String, byte[]> files, @ForAll long seed)
            throws IOException {
        Written expected = SurveyFiles.write(files);
        List<String> names = new ArrayList<>(files.keySet());
        Collections.shuffle(names, new Random(seed));
        Map<String, byte[]> objects = new HashMap<>();
        ManifestWriter writer = new ManifestWriter(objects::put);
        for (String name : names) {
            writer.add(name, files.getOrDefault(name, new byte[0]));
        }
        ManifestRoot root = writer.finish(Optional.of("ivo://test/P/x"), Optional.empty(), Optional.empty());
        assertThat(root.toBytes()).isEqualTo(expected.root().toBytes());
        assertThat(new Written(objects, root).texts()).isEqualTo(expected.texts());
    }

    @Test
    void manyThreadsMakeTheSameManifestAsOne() throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        for (int cell = 0; cell < 20_000; cell++) {
            files.put(TREE.name(cell), Integer.toString(cell).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        ManifestWriter writer = new ManifestWriter(objects::put);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<?>> parts = new ArrayList<>();
        for (int first = 0; first < 4; first++) {
            int part = first;
            parts.add(pool.submit(() -> {
                for (int cell = part; cell < 20_000; cell += 4) {
                    writer.add(TREE.name(cell), files.getOrDefault(TREE.name(cell), new byte[0]));
                }
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
        pool.shutdown();
        ManifestRoot root = writer.finish(Optional.of("ivo://test/P/x"), Optional.empty(), Optional.empty());
        Written expected = SurveyFiles.write(files);
        assertThat(root.toBytes()).isEqualTo(expected.root().toBytes());
        assertThat(new Written(objects, root).texts()).isEqualTo(expected.texts());
    }

    @Property(tries = 200)
    void oneOtherByteGivesAnotherRoot(
            @ForAll("surveys") Map<String, byte[]> files, @ForAll int which, @ForAll int where) throws IOException {
        String name = new ArrayList<>(files.keySet()).get(Math.floorMod(which, files.size()));
        byte[] content = files.getOrDefault(name, new byte[0]).clone();
        if (content.length > 0) {
            content[Math.floorMod(where, content.length)] ^= 4;
        } else {
            content = new byte[1];
        }
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(name, content);
        ManifestRoot before = SurveyFiles.write(files).root();
        ManifestRoot after = SurveyFiles.write(changed).root();
        assertThat(after.content()).isNotEqualTo(before.content());
        assertThat(after.digest()).isNotEqualTo(before.digest());
        long sameTrees = before.trees().entrySet().stream()
                .filter(tree -> tree.getValue().equals(after.trees().get(tree.getKey())))
                .count();
        assertThat(sameTrees).isGreaterThanOrEqualTo(before.trees().size() - 1);
    }

    @Property(tries = 100)
    void anotherNameGivesAnotherRoot(@ForAll("surveys") Map<String, byte[]> files, @ForAll int which)
            throws IOException {
        String name = new ArrayList<>(files.keySet()).get(Math.floorMod(which, files.size()));
        Map<String, byte[]> renamed = new TreeMap<>(files);
        renamed.put("renamed", files.getOrDefault(name, new byte[0]));
        renamed.remove(name);
        assertThat(SurveyFiles.write(renamed).root().content())
                .isNotEqualTo(SurveyFiles.write(files).root().content());
    }

    /** By another program, written after the document. */
    @Property(tries = 25)
    void theDocumentSaysHowItIsWritten(@ForAll("surveys") Map<String, byte[]> files) throws Exception {
        Required.tool(Files.exists(Path.of("/usr/bin/python3")), "python3");
        Path folder = Files.createTempDirectory("manifest-test");
        try {
            Path survey = folder.resolve("survey");
            ManifestRoot root = SurveyFiles.publish(files, survey);
            Path script = SharedData.project().resolve("surveys/src/test/oracle/manifest.py");
            Process python = new ProcessBuilder(
                            "/usr/bin/python3",
                            script.toString(),
                            survey.toString(),
                            folder.resolve("theirs").toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(python.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(python.waitFor()).as(said).isZero();
            assertThat(said.trim()).isEqualTo(root.content().toString());
            assertThat(contents(survey.resolve(".hipsnode/manifest"))).isEqualTo(contents(folder.resolve("theirs")));
        } finally {
            AtomicFiles.deleteTree(folder);
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            return contents;
        }
    }

    @Test
    void aShardIsWrittenWhenItIsSealedAndNotKept() throws IOException {
        Map<String, byte[]> objects = new HashMap<>();
        ManifestWriter writer = new ManifestWriter(objects::put);
        for (long cell : List.of(0L, 4095L, 4096L, 8192L)) {
            writer.add(TREE.name(cell), new byte[] {1});
        }
        writer.seal(6, 1, 8192);
        assertThat(objects).hasSize(1);
        writer.sealBelow(new TileAddress(0, 0));
        assertThat(objects).hasSize(2);
        writer.sealBelow(new TileAddress(1, 0));
        assertThat(objects).hasSize(2);
        assertThatThrownBy(() -> writer.add(TREE.name(7), new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(TREE.name(7))
                .hasMessageContaining("sealed");
        ManifestRoot root = writer.finish(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(root.trees()).hasEntrySatisfying(TREE, top -> {
            assertThat(top.tiles()).isEqualTo(4);
            assertThat(top.bytes()).isEqualTo(4);
        });
        assertThat(objects).hasSize(4);
    }

    @Test
    void nothingIsAddedTwice() {
        ManifestWriter writer = new ManifestWriter((name, object) -> {});
        writer.add("properties", new byte[0]);
        assertThatThrownBy(() -> writer.add("properties", new byte[0])).isInstanceOf(IllegalStateException.class);
        writer.add(TREE.name(5), new byte[0]);
        assertThatThrownBy(() -> writer.add(TREE.name(5), new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.add("../x", new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTileOfFourGibibytesStandsAmongTheOtherFiles() throws IOException {
        Map<String, byte[]> objects = new HashMap<>();
        ManifestWriter writer = new ManifestWriter(objects::put);
        Digest digest = Digest.of(new byte[0]);
        writer.add(TREE.name(1), new FileRecord(1L << 32, digest));
        writer.add(TREE.name(2), new FileRecord((1L << 32) - 1, digest));
        writer.add(TREE.name(3), new FileRecord(0, digest));
        ManifestRoot root = writer.finish(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(root.files()).containsOnlyKeys(TREE.name(1));
        assertThat(root.fileCount()).isEqualTo(3);
        assertThat(root.totalBytes()).isEqualTo((1L << 33) - 1);
    }

    private static ManifestRoot release(Optional<ManifestRoot> previous, String date, int content) throws IOException {
        ManifestWriter writer = new ManifestWriter((name, object) -> {});
        writer.add("properties", new byte[] {(byte) content});
        return writer.finish(Optional.of("ivo://test/P/x"), Optional.of(date), previous);
    }

    @Test
    void generationsRiseWithEachChangeAndTellTheirParents() throws IOException {
        ManifestRoot first = release(Optional.empty(), "2026-11-22T00:00Z", 1);
        assertThat(first.head().generation()).isEqualTo(1);
        assertThat(first.head().parent()).isEmpty();
        ManifestRoot second = release(Optional.of(first), "2026-11-23T00:00Z", 2);
        assertThat(second.head().generation()).isEqualTo(2);
        assertThat(second.head().parent()).contains(first.digest());
        assertThat(release(Optional.of(second), "2026-11-23T00:00Z", 2).toBytes())
                .isEqualTo(second.toBytes());
        ManifestRoot dated = release(Optional.of(second), "2026-11-24T00:00Z", 2);
        assertThat(dated.head().generation()).isEqualTo(3);
        assertThat(dated.content()).isEqualTo(second.content());
    }

    @Test
    void thereIsAShardForEachCellSixOrdersUpAndATopForEachOrder() {
        Map<Integer, Integer> levels = Stream.of(0, 4, 5, 7, 8, 10, 11, 13, 14, 29)
                .collect(Collectors.toMap(
                        o -> o, o -> new TileTree(o, TileFormat.PNG, 0).top().level()));
        assertThat(levels).isEqualTo(Map.of(0, 0, 4, 0, 5, 1, 7, 1, 8, 2, 10, 2, 11, 3, 13, 3, 14, 4, 29, 9));
        TileTree deepest = new TileTree(29, TileFormat.PNG, 0);
        assertThat(deepest.top().endCell()).isEqualTo(12L << 58);
        assertThat(deepest.top().child(2).endCell()).isEqualTo(12L << 58);
        assertThat(deepest.top().child(3).exists()).isFalse();
        assertThat(deepest.top().child(40).exists()).isFalse();
        assertThat(Place.ofShard(TREE, 40_000))
                .isEqualTo(new Place(
                        TREE, 0, new TileAddress(6, 40_000).ancestor(0).index()));
    }
}
