package org.hipsnode.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hipsnode.check.Findings;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.SurveyFiles;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.LockedException;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalTest {
    private static final String TILE = name(5, 4097);
    private static final String OTHER = name(5, 8);

    @TempDir
    private Path folder;

    private static String name(int order, long index) {
        return TreeName.tile(new TileAddress(order, index), TileFormat.PNG).toString();
    }

    private static Map<String, byte[]> files(String tile) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("properties", "creator_did = ivo://t/P/x".getBytes(StandardCharsets.UTF_8));
        files.put(TILE, tile.getBytes(StandardCharsets.UTF_8));
        files.put(OTHER, "another".getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private ManifestRoot ours(String name, String tile) throws IOException {
        return SurveyFiles.publish(files(tile), folder.resolve(name));
    }

    /** Sends all that is wanted, and returns its names. */
    private static List<String> send(Arrival arrival, Path from) throws IOException {
        List<String> sent = new ArrayList<>();
        while (!arrival.isComplete()) {
            for (String name : arrival.wanted(3, () -> false)) {
                put(arrival, name, Files.readAllBytes(from.resolve(name)));
                sent.add(name);
            }
        }
        return sent;
    }

    private static void put(Arrival arrival, String name, byte[] content) throws IOException {
        try (Incoming incoming = arrival.take(name).orElseThrow()) {
            incoming.write(content);
            incoming.finish();
        }
    }

    private static Findings nothing() throws IOException {
        return new Findings();
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        new FolderStore(root)
                .listEverything((name, bytes) ->
                        tree.put(name, Files.readString(root.resolve(name), StandardCharsets.ISO_8859_1)));
        return tree;
    }

    @Provide
    Arbitrary<Map<String, byte[]>> surveys() {
        return SurveyFiles.surveys();
    }

    @Property(tries = 60)
    void anyReleaseArrivesOverAnyOtherJustAsItIs(
            @ForAll("surveys") Map<String, byte[]> old, @ForAll("surveys") Map<String, byte[]> next)
            throws IOException {
        Path place = Files.createTempDirectory("arrival");
        try {
            SurveyFiles.publish(old, place.resolve("there"));
            Map<String, byte[]> mixed = new TreeMap<>(old);
            mixed.putAll(next);
            ManifestRoot root = SurveyFiles.publish(mixed, place.resolve("here"));
            try (Arrival arrival = Arrival.begin(place.resolve("there"), root)) {
                List<String> sent = send(arrival, place.resolve("here"));
                assertThat(sent).doesNotHaveDuplicates();
                old.forEach((name, content) -> {
                    if (!next.containsKey(name)) {
                        assertThat(sent).as("what is there is not sent").doesNotContain(name);
                    }
                });
                arrival.publish(store -> nothing(), false);
            }
            assertThat(tree(place.resolve("there"))).isEqualTo(tree(place.resolve("here")));
        } finally {
            AtomicFiles.deleteTree(place);
        }
    }

    @Test
    void whatIsNotAsTheManifestSaysDoesNotGetIntoPlace() throws IOException {
        ManifestRoot root = ours("here", "a tile");
        try (Arrival arrival = Arrival.begin(folder.resolve("there"), root)) {
            assertThat(arrival.take(TILE)).as("nobody told of it yet").isEmpty();
            String object = arrival.wanted(1, () -> false).get(0);
            assertThat(ManifestName.isObject(object)).isTrue();
            assertThatThrownBy(() -> put(arrival, object, new byte[400])).isInstanceOf(MalformedDataException.class);
            while (arrival.take(TILE).isEmpty()) {
                for (String name : arrival.wanted(9, () -> false)) {
                    if (ManifestName.isObject(name)) {
                        put(
                                arrival,
                                name,
                                Files.readAllBytes(folder.resolve("here").resolve(name)));
                    }
                }
            }
            assertThatThrownBy(() -> put(arrival, TILE, "A tile".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("'" + TILE + "': expected 6 bytes of digest");
            assertThatThrownBy(() -> put(arrival, TILE, "a tile and more".getBytes(StandardCharsets.UTF_8)))
                    .hasMessageContaining("at most 6 bytes");
            assertThat(arrival.take("../evil")).isEmpty();
            assertThat(arrival.take("other")).isEmpty();
            assertThat(arrival.wanted(99, () -> false)).contains(TILE);
            assertThatThrownBy(() -> arrival.publish(store -> nothing(), false))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(folder.resolve("there")).doesNotExist();
    }

    @Test
    void whatHasComeWhenItWasStoppedDoesNotComeAgainUnlessItWasSpoiled() throws IOException {
        ManifestRoot root = ours("here", "a tile");
        Path there = folder.resolve("there");
        try (Arrival arrival = Arrival.begin(there, root)) {
            send(arrival, folder.resolve("here"));
        }
        assertThat(there).doesNotExist();
        Files.writeString(folder.resolve(".there.hipsnode/release").resolve(OTHER), "ANOTHER");
        try (Arrival arrival = Arrival.begin(there, root)) {
            assertThat(send(arrival, folder.resolve("here"))).containsExactly(OTHER);
            arrival.publish(store -> nothing(), false);
        }
        assertThat(tree(there)).isEqualTo(tree(folder.resolve("here")));
        assertThat(left()).isEmpty();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().startsWith("."))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    @Test
    void anotherReleaseBeginsAnewAndADiscardedOneLeavesNothing() throws IOException {
        ManifestRoot first = ours("first", "a tile");
        ManifestRoot second = ours("second", "another tile");
        Path there = folder.resolve("there");
        try (Arrival arrival = Arrival.begin(there, first)) {
            send(arrival, folder.resolve("first"));
        }
        Arrival arrival = Arrival.begin(there, second);
        assertThat(send(arrival, folder.resolve("second"))).contains(TILE, OTHER, "properties");
        arrival.discard();
        assertThatThrownBy(() -> arrival.wanted(1, () -> false)).hasMessageContaining("was given up");
        assertThat(left()).isEmpty();
        assertThat(there).doesNotExist();
    }

    @Test
    void aFileThatComesAfterTheEndGoesNowhere() throws IOException {
        ManifestRoot root = ours("here", "a tile");
        Arrival arrival = Arrival.begin(folder.resolve("there"), root);
        Incoming late = arrival.take("properties").orElseThrow();
        late.write(files("a tile").getOrDefault("properties", new byte[0]));
        arrival.close();
        assertThatThrownBy(late::finish).hasMessageContaining("was given up");
        late.close();
    }

    @Test
    void aReleaseWithDamagedTilesIsNotPublishedUnlessThatIsAcceptedAndOneRunHasTheFolder() throws IOException {
        ManifestRoot old = ours("there", "a tile");
        ManifestRoot root = ours("here", "a new tile");
        Path there = folder.resolve("there");
        try (Arrival arrival = Arrival.begin(there, root)) {
            assertThatThrownBy(() -> Arrival.begin(there, root)).isInstanceOf(LockedException.class);
            assertThat(send(arrival, folder.resolve("here"))).contains(TILE).doesNotContain(OTHER, "properties");
            Findings findings = arrival.publish(ArrivalTest::damaged, false);
            assertThat(findings.allowsCopy(false)).isFalse();
            assertThat(findings.allowsCopy(true)).isTrue();
        }
        assertThat(Files.readString(there.resolve(TILE))).isEqualTo("a tile");
        assertThat(Files.readString(there.resolve(ManifestName.ROOT)))
                .contains(old.digest().toString());
        try (Arrival arrival = Arrival.begin(there, root)) {
            send(arrival, folder.resolve("here"));
            arrival.publish(ArrivalTest::damaged, true);
        }
        assertThat(Files.readString(there.resolve(TILE))).isEqualTo("a new tile");
    }

    /** A survey with a tile that is no picture, which its own files are too small to be. */
    private static Findings damaged(SurveyStore store) throws IOException {
        HipsProperties list = HipsProperties.empty()
                .with("hips_tile_format", "png")
                .with("hips_order", "3")
                .with("hips_tile_width", "512")
                .with("dataproduct_type", "image");
        Optional<byte[]> tile = store.read(TILE, 100);
        return SurveyCheck.check(
                new MemoryStore(Map.of("properties", list.toBytes(), "Norder3/Dir0/Npix0.png", tile.orElseThrow())),
                Optional.empty());
    }
}
