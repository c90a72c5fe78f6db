package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, on machines that lack something. */
class LauncherIT {
    private static final Path LAUNCHER = SharedData.project().resolve("hipsnode");

    @TempDir
    private Path folder;

    @Test
    void startsWhatIsBuilt() throws IOException {
        Program.Ended help = Program.run(List.of(LAUNCHER.toString(), "--help"));
        assertThat(help.code()).as(help.toString()).isZero();
        assertThat(help.out()).contains("Usage: hipsnode");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void namesTheCommandThatInstallsWhatIsMissing() throws IOException {
        // a machine with the few commands that the script itself needs, and no Java
        for (String tool :
                List.of("bash", "readlink", "dirname", "find", "sed", "head", "mkdir", "grep", "sleep", "tail")) {
            Path real = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            Files.createSymbolicLink(folder.resolve(tool), real);
        }
        Program.Ended noJava = Program.run(
                List.of("env", "-i", "PATH=" + folder, folder.resolve("bash").toString(), LAUNCHER.toString()));
        assertThat(noJava.code()).isEqualTo(2);
        assertThat(noJava.err())
                .contains("needs a JDK 17 or newer. Install it with: apt-get install openjdk-17-jdk-headless");
        // an unbuilt copy, with Java and without Maven
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(LAUNCHER, copy.resolve("hipsnode"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Program.Ended noMaven = Program.run(List.of(
                "env",
                "-i",
                "PATH=" + folder,
                "JAVA_HOME=" + System.getProperty("java.home"),
                folder.resolve("bash").toString(),
                copy.resolve("hipsnode").toString()));
        assertThat(noMaven.code()).isEqualTo(2);
        assertThat(noMaven.err())
                .contains("needs Maven 3.8 or newer to be built. Install it with: apt-get install maven");
    }
}
