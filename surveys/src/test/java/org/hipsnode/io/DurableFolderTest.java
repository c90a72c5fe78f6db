package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFolderTest {

    @TempDir
    Path folder;

    @Test
    void syncsATreeWithoutChangingIt() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Files.write(deep.resolve("file"), new byte[] {1});
        assertThatCode(() -> DurableFolder.sync(folder)).doesNotThrowAnyException();
        assertThat(deep.resolve("file")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> DurableFolder.sync(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    /** The work may be done before the interrupt is noticed; the interrupt is never lost. */
    @Test
    void keepsAnInterrupt() {
        Thread.currentThread().interrupt();
        try {
            DurableFolder.sync(folder);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(NoSuchFileException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
