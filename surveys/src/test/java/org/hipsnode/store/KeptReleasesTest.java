package org.hipsnode.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptReleasesTest {
    @TempDir
    private Path folder;

    private Path survey;

    @BeforeEach
    void chooseAFolder() {
        survey = folder.resolve("maps/sky");
    }

    private void publish(String release) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(survey)) {
            if (Files.exists(survey)) {
                publication.takeOver("same");
            } else {
                publication.write("same", bytes("in all"));
            }
            publication.write("properties", bytes(release));
            publication.commit();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String served() throws IOException {
        return Files.readString(survey.resolve("properties"));
    }

    private List<String> kept() throws IOException {
        return KeptReleases.of(survey).all().stream()
                .map(KeptReleasesTest::content)
                .toList();
    }

    private static String content(KeptReleases.Kept kept) {
        try {
            return Files.readString(kept.folder().resolve("properties"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsKeptUnlessSomebodyWantsIt() throws IOException {
        publish("one");
        publish("two");
        assertThat(kept()).isEmpty();
        assertThat(beside()).containsExactly("sky");
    }

    @Test
    void theNewestAreKeptAndTakeNoRoomTwice() throws IOException {
        publish("one");
        for (String release : List.of("two", "three", "four")) {
            KeptReleases.of(survey).keep(2);
            publish(release);
        }
        assertThat(kept()).containsExactly("three", "two", "one");
        assertThat(KeptReleases.of(survey).beyond(2)).hasSize(1);
        KeptReleases.of(survey).keep(2);
        assertThat(kept()).containsExactly("three", "two");
        Path old = KeptReleases.of(survey).all().get(0).folder();
        assertThat(Files.getAttribute(old.resolve("same"), "unix:ino"))
                .isEqualTo(Files.getAttribute(survey.resolve("same"), "unix:ino"));
        KeptReleases.of(survey).keep(0);
        assertThat(beside()).containsExactly("sky");
    }

    @Test
    void aReleaseIsPutBackAndTheOneThatWasThereIsKept() throws IOException {
        publish("one");
        KeptReleases.of(survey).keep(2);
        publish("two");
        publish("three");
        KeptReleases.Kept first = KeptReleases.of(survey).all().get(1);
        KeptReleases.of(survey).putBack(first);
        assertThat(served()).isEqualTo("one");
        assertThat(kept()).containsExactly("three", "two");
        assertThatThrownBy(() -> KeptReleases.of(survey).putBack(first))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected release 1")
                .hasMessageContaining("gone");
        assertThat(served()).isEqualTo("one");
    }

    @Test
    void nobodyPutsBackWhatAnotherRunIsReplacing() throws IOException {
        publish("one");
        KeptReleases.of(survey).keep(1);
        publish("two");
        try (FolderPublication busy = FolderPublication.begin(survey)) {
            KeptReleases.Kept first = KeptReleases.of(survey).all().get(0);
            assertThat(busy.staged()).exists();
            assertThatThrownBy(() -> KeptReleases.of(survey).putBack(first)).isInstanceOf(LockedException.class);
        }
        assertThat(served()).isEqualTo("two");
    }

    @Test
    void whatAKilledRunHadMovedAsideIsKept() throws IOException {
        publish("one");
        KeptReleases.of(survey).keep(2);
        Path aside = Files.createDirectories(folder.resolve("maps/.sky.hipsnode/previous"));
        Files.writeString(aside.resolve("properties"), "zero");
        publish("two");
        assertThat(served()).isEqualTo("two");
        assertThat(kept()).containsExactly("one", "zero");
    }

    @Test
    void otherFoldersThereAreNoReleases() throws IOException {
        publish("one");
        KeptReleases.of(survey).keep(1);
        for (String name : List.of("0", "01", "x", "12345678901")) {
            Files.createDirectories(folder.resolve("maps/.sky.releases").resolve(name));
        }
        assertThat(kept()).isEmpty();
    }

    private List<String> beside() throws IOException {
        try (Stream<Path> entries = Files.list(folder.resolve("maps"))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
