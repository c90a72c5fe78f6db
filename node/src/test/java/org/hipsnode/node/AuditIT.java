package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.io.AtomicFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, of which one mirrors the other, and what befalls the copy. */
class AuditIT {
    @TempDir
    private Path folder;

    @Test
    void aTileThatIsSpoiltOnAMirrorIsFoundAndComesFromItsOrigin() throws IOException {
        Path sky = folder.resolve("a/sky");
        MadeSky.generate(folder, sky, "--title", "A sky", "--tile-width", "32", "--formats", "png");
        Path copy = folder.resolve("b/sky");
        Path tile = copy.resolve("Norder3/Dir0/Npix100.png");
        try (Program.Started origin = Program.serve(folder.resolve("a"))) {
            Path config = Files.writeString(
                    folder.resolve("node.yaml"),
                    "data: b\nserver: {port: 0}\nverify-every: 10 s\n"
                            + "on-failure: [sh, -c, 'echo $HIPSNODE_SURVEY $HIPSNODE_RESULT >> "
                            + folder.resolve("told")
                            + "']\nmirrors:\n  sky: {from: '" + origin.firstLine() + "sky'}\n");
            try (Program.Started node = Program.start(Program.command("run", config, "--quiet"))) {
                String address = node.firstLine();
                Program.fetchUntil(address + "api/mirrors", "\"result\" : \"good\"");
                byte[] good = Files.readAllBytes(tile);
                AtomicFiles.write(tile, "spoilt".getBytes(StandardCharsets.UTF_8));
                String mirrors = Program.fetchUntil(address + "api/mirrors", "\"result\" : \"repaired\"");
                assertThat(mirrors)
                        .contains("\"health\" : \"ok\"")
                        .contains("\"damaged\" : 1,")
                        .contains("\"repaired\" : 1,")
                        .contains("\"verified\" : \"");
                assertThat(Files.readString(node.err())).contains("1 repaired (Norder3/Dir0/Npix100.png)");
                assertThat(tile).as(Files.readString(node.err())).hasBinaryContent(good);
                assertThat(Program.fetch(address + "sky/Norder3/Dir0/Npix100.png"))
                        .isEqualTo(good);
                assertThat(new String(Program.fetch(address + "metrics"), StandardCharsets.UTF_8))
                        .contains("hipsnode_audit_repaired_files{survey=\"sky\"} 1.0");
                assertThat(Files.readString(folder.resolve("told"))).isEqualTo("sky repaired\n");
            }
            Program.Ended round = Program.run(
                    "audit",
                    config,
                    "--quiet",
                    "--report",
                    folder.resolve("audit.json"),
                    "--report",
                    folder.resolve("audit.txt"));
            assertThat(round.code()).as(round.toString()).isZero();
            assertThat(Files.readString(folder.resolve("audit.json"))).contains("\"result\" : \"good\"");
            assertThat(Files.readString(folder.resolve("audit.txt"))).contains("1 survey: 1 good");
        }
    }
}
