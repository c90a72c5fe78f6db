package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    @TempDir
    Path folder;

    @Test
    void putsAFileInPlaceAndLeavesNothingElse() throws IOException {
        AtomicFiles.write(folder.resolve("a"), new byte[] {1, 2, 3});
        assertThat(folder.resolve("a")).hasBinaryContent(new byte[] {1, 2, 3});
        AtomicFiles.write(folder.resolve("a"), new byte[0]);
        assertThat(folder.resolve("a")).isEmptyFile();
        assertThat(names()).containsExactly("a");
    }

    /** The web server that serves the file may run as somebody else. */
    @Test
    void givesAFileTheUsualPermissions() throws IOException {
        AtomicFiles.write(folder.resolve("a"), new byte[1]);
        Path usual = Files.write(folder.resolve("b"), new byte[1]);
        assertThat(Files.getPosixFilePermissions(folder.resolve("a"))).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void leavesTheOldFileAndNothingElseWhereItCannotWrite() throws IOException {
        Path occupied = Files.createDirectory(folder.resolve("occupied"));
        Files.write(occupied.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> AtomicFiles.write(occupied, new byte[1])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("no/such/folder"), new byte[1]))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(names()).containsExactly("occupied");
        assertThat(occupied.resolve("file")).hasSize(1);
    }

    @Test
    void readersNeverSeeAPartOfAFile() throws IOException, InterruptedException, ExecutionException {
        byte[] ones = new byte[100_000];
        Arrays.fill(ones, (byte) 1);
        byte[] twos = new byte[70_000];
        Arrays.fill(twos, (byte) 2);
        Path file = folder.resolve("file");
        AtomicFiles.write(file, ones);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Callable<Integer> reading = () -> {
                int reads = 0;
                while (!done.get() || reads == 0) {
                    byte[] found = Files.readAllBytes(file);
                    assertThat(Arrays.equals(found, ones) || Arrays.equals(found, twos))
                            .isTrue();
                    reads++;
                }
                return reads;
            };
            Future<Integer> reads = reader.submit(reading);
            for (int i = 0; i < 50; i++) {
                AtomicFiles.write(file, i % 2 == 0 ? twos : ones);
            }
            done.set(true);
            assertThat(reads.get()).isPositive();
        } finally {
            reader.shutdownNow();
        }
    }

    @Test
    void deletesATreeButNothingThatALinkInItPointsTo() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/a/b"));
        Files.write(tree.resolve("file"), new byte[1]);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.write(elsewhere.resolve("kept"), new byte[1]);
        Files.createSymbolicLink(tree.resolve("link"), elsewhere);
        Files.createSymbolicLink(folder.resolve("tree/broken"), folder.resolve("nowhere"));
        AtomicFiles.deleteTree(folder.resolve("tree"));
        assertThat(names()).containsExactly("elsewhere");
        assertThat(elsewhere.resolve("kept")).exists();
    }

    @Test
    void deletesALinkAndNotItsTarget() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        AtomicFiles.deleteTree(Files.createSymbolicLink(folder.resolve("link"), elsewhere));
        AtomicFiles.deleteTree(folder.resolve("never there"));
        assertThat(names()).containsExactly("elsewhere");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
