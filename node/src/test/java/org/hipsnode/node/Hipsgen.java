package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.Required;

/** The reference generator, as Debian's package aladin installs it. */
final class Hipsgen {
    private static final Path JAR = Path.of("/usr/share/java/aladin.jar");

    private Hipsgen() {}

    /** Skips the test where it is not installed. */
    static void require() {
        Required.tool(Files.exists(JAR), "Debian's aladin");
    }

    /** Runs it and returns what it said. */
    static String run(String... arguments) throws IOException {
        require();
        List<String> command = new ArrayList<>(List.of("env", "-u", "TERM"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-jar",
                JAR.toString(),
                "-hipsgen"));
        command.addAll(List.of(arguments));
        return Program.run(command).out();
    }
}
