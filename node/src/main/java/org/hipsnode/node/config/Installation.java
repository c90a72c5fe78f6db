package org.hipsnode.node.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder in which the program is installed, with the viewer beside its libraries. */
public final class Installation {
    private Installation() {}

    /** Returns the module of Aladin Lite that was installed with the program; empty if there is none. */
    public static Optional<Path> viewer() {
        return Optional.ofNullable(System.getProperty("hipsnode.home"))
                .map(home -> Path.of(home).resolve("viewer").resolve("aladin.js"))
                .filter(Files::isRegularFile)
                .map(Path::toAbsolutePath);
    }
}
