package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors of FIPS 180-2, appendix B. */
class DigestsTest {

    @TempDir
    Path folder;

    @Test
    void agreesWithTheStandardOnBytes() {
        assertThat(Digests.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digests.sha256(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void agreesWithTheStandardOnAFileOfManyPieces() throws IOException {
        Path million = Files.writeString(folder.resolve("million"), "a".repeat(1_000_000));
        assertThat(Digests.sha256(million))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}
