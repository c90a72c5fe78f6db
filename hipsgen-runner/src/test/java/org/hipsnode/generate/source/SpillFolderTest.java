package org.hipsnode.generate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFolderTest {
    @TempDir
    private Path temporary;

    /** A process that makes a folder, tells of it, and waits. */
    static final class Spiller {
        private Spiller() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws IOException {
            SpillFolder folder = SpillFolder.create(Path.of(arguments[0]));
            Files.write(folder.file("data"), new byte[100]);
            System.out.println("made");
            System.in.read();
        }
    }

    private Process spiller() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spiller.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.getInputStream().readNBytes(4)).asString().isEqualTo("made");
        return process;
    }

    private long folders() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.count();
        }
    }

    @Test
    void whatAKilledProcessLeftIsClearedAndWhatALivingOneUsesIsNot() throws Exception {
        Process process = spiller();
        try (SpillFolder ours = SpillFolder.create(temporary)) {
            SpillFolder.clear(temporary);
            assertThat(folders()).isEqualTo(2);
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            SpillFolder.clear(temporary);
            assertThat(folders()).isEqualTo(1);
            assertThat(ours.file("lock")).exists();
        } finally {
            process.destroyForcibly();
        }
        assertThat(folders()).isZero();
    }

    @Test
    void foldersWithoutLockAndLinksAreLeftAlone() throws IOException {
        Path other = Files.createDirectory(temporary.resolve("other"));
        Files.createFile(other.resolve("lock"));
        Files.createSymbolicLink(temporary.resolve("hipsnode-spill-link"), other);
        Files.createDirectory(temporary.resolve("hipsnode-spill-new"));
        SpillFolder.clear(temporary);
        assertThat(folders()).isEqualTo(3);
        assertThat(other.resolve("lock")).exists();
    }
}
