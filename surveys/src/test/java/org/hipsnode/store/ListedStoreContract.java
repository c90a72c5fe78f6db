package org.hipsnode.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipsnode.io.TooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store that can be listed owes its callers. */
abstract class ListedStoreContract {

    /** Returns a store that holds these files and nothing else that shows. */
    abstract ListedStore store(Map<String, byte[]> files) throws IOException;

    private ListedStore sized(String... names) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (String name : names) {
            files.put(name, new byte[name.length()]);
        }
        return store(files);
    }

    private static List<String> names(ListedStore store) throws IOException {
        List<String> names = new ArrayList<>();
        store.list((name, bytes) -> names.add(name));
        return names;
    }

    @Test
    void readsWhatIsThere() throws IOException {
        ListedStore store = store(Map.of("properties", new byte[] {1, 2}, "Norder3/Dir0/Npix5.fits", new byte[0]));
        assertThat(store.read("properties", 2))
                .hasValueSatisfying(c -> assertThat(c).containsExactly(1, 2));
        assertThat(store.read("Norder3/Dir0/Npix5.fits", 2))
                .hasValueSatisfying(c -> assertThat(c).isEmpty());
        assertThat(store.toString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "a/none",
                "none/none",
                "properties/under a file",
                "properties/under/a/file",
                "a",
                "a/b",
                "Properties",
                "Ω",
                "\ud83d\ude00"
            })
    void hasNothingUnderOtherNames(String name) throws IOException {
        ListedStore store = sized("properties", "a/b/c");
        assertThat(store.read(name, 100)).isEmpty();
    }

    @Test
    void hasNothingUnderTheLongestNames() throws IOException {
        assertThat(sized("a").read("a".repeat(255), 10)).isEmpty();
        assertThat(sized("a").read("b/".repeat(511) + "b", 10)).isEmpty();
    }

    @Test
    void refusesAFileOfMoreThanTheLimit() throws IOException {
        ListedStore store = store(Map.of("a/five", new byte[5]));
        assertThat(store.read("a/five", 5)).isPresent();
        assertThatThrownBy(() -> store.read("a/five", 4))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("a/five")
                .hasMessageContaining("4 bytes");
        assertThatThrownBy(() -> store.read("a/five", 0)).isInstanceOf(TooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "a/../x",
                "a/..",
                "./a",
                "/etc/passwd",
                "a//b",
                "a/",
                "a\0",
                "a\\b",
                ".hidden",
                "a/.b/c",
                "a\nb"
            })
    void refusesNamesThatAreNoneOfAFile(String name) throws IOException {
        ListedStore store = sized("a/b");
        assertThatThrownBy(() -> store.read(name, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void refusesANameThatIsTooLong() throws IOException {
        ListedStore store = sized("a/b");
        assertThatThrownBy(() -> store.read("a".repeat(256), 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.read("a/".repeat(1000) + "b", 10)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Hipsgen's check code depends on it (standards.md §3.1). */
    @Test
    void listsFilesInTheOrderOfTheirPathTexts() throws IOException {
        List<String> ordered = List.of(
                "Moc.fits",
                "Norder10/Dir0/Npix1.fits",
                "Norder3/Allsky.fits",
                "Norder3/Dir0/Npix1.fits",
                "Norder3/Dir0/Npix10.fits",
                "Norder3/Dir0/Npix1_1.fits",
                "Norder3/Dir0/Npix2.fits",
                "Norder3/Dir10000/Npix10000.fits",
                "Norder3/Dir100000/Npix100000.fits",
                "Norder3/Dir20000/Npix20000.fits",
                "folder/z",
                "folder-a/a",
                "folder.a",
                "properties");
        List<String> expected = ordered.stream()
                .sorted(java.util.Comparator.comparing(n -> n.replace('/', '\0')))
                .toList();
        assertThat(names(sized(ordered.toArray(String[]::new)))).isEqualTo(expected);
        assertThat(expected.subList(0, 10)).isEqualTo(ordered.subList(0, 10));
    }

    /** As Java compares texts, and so Hipsgen: the pair of surrogates comes before the wide letter. */
    @Test
    void listsOtherLettersInTheOrderOfTheirUtf16() throws IOException {
        assertThat(names(sized("\uff41", "\ud83d\ude00", "Ω/é", "a")))
                .containsExactly("a", "Ω/é", "\ud83d\ude00", "\uff41");
    }

    @Test
    void listsSizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        store(Map.of("a", new byte[3], "b/c", new byte[70_000], "b/d", new byte[0]))
                .list(sizes::put);
        assertThat(sizes).isEqualTo(Map.of("a", 3L, "b/c", 70_000L, "b/d", 0L));
    }

    @Test
    void readsEveryFileThatItLists() throws IOException {
        ListedStore store = sized("a", "b/c", "b/d e", "b~/c");
        for (String name : names(store)) {
            assertThat(store.read(name, 100)).as(name).isPresent();
        }
        assertThat(names(store)).hasSize(4);
    }

    @Test
    void readsTheFilesOfOurOwnFolderButDoesNotListThem() throws IOException {
        ListedStore store = sized("a", ".hipsnode/manifest.json");
        assertThat(store.read(".hipsnode/manifest.json", 100)).isPresent();
        assertThat(names(store)).containsExactly("a");
    }

    @Test
    void listsNothingWhereNothingIs() throws IOException {
        assertThat(names(store(Map.of()))).isEmpty();
    }

    @Test
    void passesOnWhatTheSinkThrows() throws IOException {
        ListedStore store = sized("a");
        IOException stop = new IOException("stop");
        assertThatThrownBy(() -> store.list((name, bytes) -> {
                    throw stop;
                }))
                .isSameAs(stop);
    }
}
