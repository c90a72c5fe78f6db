package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedReadsTest {

    @TempDir
    Path folder;

    @Test
    void takesAsMuchAsTheLimitAndNotAByteMore() throws IOException {
        Path file = Files.write(folder.resolve("five"), new byte[] {1, 2, 3, 4, 5});
        assertThat(BoundedReads.readFile(file, 5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(BoundedReads.readFile(file, Integer.MAX_VALUE)).hasSize(5);
        assertThatThrownBy(() -> BoundedReads.readFile(file, 4))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("five")
                .hasMessageContaining("at most 4 bytes");
        assertThatThrownBy(() -> BoundedReads.readFile(folder.resolve("none"), 4))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void readsFilesThatAreLongerThanTheySay() throws IOException {
        Path untold = Path.of("/proc/self/status");
        assumeThat(untold).exists();
        assertThat(Files.size(untold)).isZero();
        String content = new String(BoundedReads.readFile(untold, 1 << 16), StandardCharsets.US_ASCII);
        assertThat(content).startsWith("Name:").contains("\nPid:").endsWith("\n");
        assertThatThrownBy(() -> BoundedReads.readFile(untold, 100)).isInstanceOf(TooLargeException.class);
    }

    @Test
    void acceptsNothingWhereNothingIsAllowed() throws IOException {
        assertThat(BoundedReads.read(new ByteArrayInputStream(new byte[0]), 0, "empty"))
                .isEmpty();
    }

    @Test
    void givesUpOnAnEndlessStreamRightAfterTheLimit() {
        CountingStream endless = new CountingStream();
        assertThatThrownBy(() -> BoundedReads.read(endless, 1000, "endless"))
                .isInstanceOf(TooLargeException.class)
                .hasMessageContaining("'endless' is too large");
        assertThat(endless.taken).isEqualTo(1001);
    }

    private static final class CountingStream extends InputStream {
        private int taken;

        @Override
        public int read() {
            taken++;
            return 7;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            taken += length;
            return length;
        }
    }
}
