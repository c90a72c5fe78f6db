package org.hipsnode.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("journal");
    }

    private static String name(int i) {
        return "Norder5/Dir0/Npix" + i + ".png";
    }

    private Path written(int files) throws IOException {
        try (Journal journal = Journal.started(file(), "a work")) {
            for (int i = 0; i < files; i++) {
                journal.add(name(i), new Journal.Entry(1000L + i, -i, 7L * i));
            }
        }
        return file();
    }

    @Test
    void tellsAgainWhatItWasTold() throws IOException {
        written(1000);
        assertThat(Journal.isOf(file(), "a work")).isTrue();
        assertThat(Journal.isOf(file(), "another")).isFalse();
        try (Journal journal = Journal.continued(file())) {
            assertThat(journal.files()).isEqualTo(1000);
            for (int i = 0; i < 1000; i++) {
                assertThat(journal.find(name(i))).contains(new Journal.Entry(1000L + i, -i, 7L * i));
            }
            assertThat(journal.find(name(1000))).isEmpty();
            journal.add(name(1000), new Journal.Entry(1, 2, 3));
        }
        try (Journal journal = Journal.continued(file())) {
            assertThat(journal.find(name(1000))).contains(new Journal.Entry(1, 2, 3));
        }
    }

    /** A kill loses no more than the last moment's work. */
    @Test
    void writesSoonWhatItIsTold() throws Exception {
        try (Journal journal = Journal.started(file(), "a work")) {
            long end = System.nanoTime() + 10_000_000_000L;
            int told = 0;
            while (!Files.readString(file()).contains(name(0)) && System.nanoTime() < end) {
                journal.add(name(told++), new Journal.Entry(1, 2, 3));
            }
            assertThat(Files.readString(file())).contains(name(0));
        }
    }

    /** Wherever a kill cuts it off, it tells of whole lines only, and goes on. */
    @Test
    void aLineThatWasCutOffIsPassedOver() throws IOException {
        byte[] whole = Files.readAllBytes(written(3));
        int header = new String(whole, StandardCharsets.US_ASCII).indexOf('\n') + 1;
        for (int length = header; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (Journal journal = Journal.continued(file())) {
                for (int i = 0; i < 3; i++) {
                    int told = i;
                    journal.find(name(i))
                            .ifPresent(entry ->
                                    assertThat(entry).isEqualTo(new Journal.Entry(1000L + told, -told, 7L * told)));
                }
                journal.add(name(9), new Journal.Entry(1, 2, 3));
            }
            try (Journal journal = Journal.continued(file())) {
                assertThat(journal.find(name(9))).contains(new Journal.Entry(1, 2, 3));
            }
        }
    }

    /** Bytes that anything may have written are no reason to fail, and never name a file outside. */
    @Test
    void readsAnyBytes() throws IOException {
        byte[] whole = Files.readAllBytes(written(20));
        Random random = new Random(20261124);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            for (int n = random.nextInt(30); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file(), damaged);
            try (Journal journal = Journal.continued(file())) {
                assertThat(journal.files()).isBetween(0L, 40L);
                assertThat(journal.find("../outside")).isEmpty();
            }
        }
        assertThat(Journal.isOf(folder, "a work")).isFalse();
        assertThat(Journal.isOf(folder.resolve("none"), "a work")).isFalse();
    }
}
