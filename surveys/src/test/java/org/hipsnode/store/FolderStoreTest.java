package org.hipsnode.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends ListedStoreContract {

    @TempDir
    Path folder;

    @Override
    ListedStore store(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = path(file.getKey());
            Files.createDirectories(path.resolveSibling("x").getParent());
            Files.write(path, file.getValue());
        }
        return new FolderStore(folder);
    }

    private Path path(String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            return abort("the locale of this process cannot spell '" + name + "': this test was skipped");
        }
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        new FolderStore(folder).list((name, bytes) -> names.add(name));
        return names;
    }

    @Test
    void passesOverHiddenEntries() throws IOException {
        store(Map.of("shown", new byte[1]));
        Files.write(folder.resolve(".hidden"), new byte[1]);
        Files.createDirectories(folder.resolve(".hipsnode/deep"));
        Files.write(folder.resolve(".hipsnode/deep/file"), new byte[1]);
        Files.createDirectories(folder.resolve("empty folder"));
        assertThat(names()).containsExactly("shown");
        assertThat(new FolderStore(folder)).hasToString(folder.toString());
    }

    @Test
    void listsEverythingIfAsked() throws IOException {
        store(Map.of("shown", new byte[1], "folder/b", new byte[2]));
        Files.write(folder.resolve(".hidden"), new byte[3]);
        Files.createDirectories(folder.resolve(".hipsnode/deep"));
        Files.write(folder.resolve(".hipsnode/deep/file"), new byte[4]);
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));
        List<String> all = new ArrayList<>();
        new FolderStore(folder).listEverything((name, bytes) -> all.add(name + " " + bytes));
        assertThat(all).containsExactly(".hidden 3", ".hipsnode/deep/file 4", "broken -1", "folder/b 2", "shown 1");
    }

    @Test
    void followsLinksToFilesAndFoldersAndPassesOverBrokenOnes(@TempDir Path elsewhere) throws IOException {
        Files.write(elsewhere.resolve("tile"), new byte[] {7});
        Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        Files.createSymbolicLink(folder.resolve("file"), elsewhere.resolve("tile"));
        Files.createSymbolicLink(folder.resolve("broken"), elsewhere.resolve("none"));
        assertThat(names()).containsExactly("file", "linked/tile");
        assertThat(new FolderStore(folder).read("linked/tile", 10)).isPresent();
        assertThat(new FolderStore(folder).read("broken", 10)).isEmpty();
    }

    @Test
    void stopsAtALinkThatLeadsBackToTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        assertThatThrownBy(this::names)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("loop", "nested deeper than", "perhaps by a link");
    }

    @Test
    void cannotListAFolderThatIsNotThereButReadsNothingFromIt() throws IOException {
        FolderStore none = new FolderStore(folder.resolve("none"));
        assertThat(none.read("properties", 10)).isEmpty();
        assertThatThrownBy(() -> none.list((name, bytes) -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
    }
}
