package org.hipsnode.generate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
    @TempDir
    private Path folder;

    /** Maps of 64 bytes here, of a gigabyte in use. */
    @Test
    void readsAcrossTheBordersOfItsMaps() throws IOException {
        byte[] content = new byte[1000];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("f"), content);
        try (MappedFile mapped = MappedFile.open(file, 6)) {
            for (int position = 0; position < 990; position++) {
                assertThat(mapped.map(position).get(mapped.place(position))).isEqualTo(content[position]);
                assertThat(mapped.room(position)).isBetween(1L, 64L);
                if (position <= 992 - 8) {
                    long expected = java.nio.ByteBuffer.wrap(content).getLong(position);
                    assertThat(mapped.map(position).getLong(mapped.place(position)))
                            .isEqualTo(expected);
                }
            }
            byte[] piece = new byte[700];
            mapped.get(33, piece, 0, 700);
            assertThat(piece).isEqualTo(Arrays.copyOfRange(content, 33, 733));
        }
    }

    @Test
    void opensFilesThatEndAtABorder() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[128]);
        try (MappedFile mapped = MappedFile.open(file, 6)) {
            assertThat(mapped.map(127).get(mapped.place(127))).isZero();
        }
    }
}
