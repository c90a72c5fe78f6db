package org.hipsnode.node.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder in which the program is installed, with the viewer and definitions beside its libraries. */
public final class Installation {
    private Installation() {}

    /** Returns the module of Aladin Lite that was installed with the program; empty if there is none. */
    public static Optional<Path> viewer() {
        return home().map(home -> home.resolve("viewer").resolve("aladin.js"))
                .filter(Files::isRegularFile)
                .map(Path::toAbsolutePath);
    }

    /** Returns the file of a definition that came with the program. */
    public static Path definition(String name) {
        return home().orElseThrow(() -> new IllegalStateException("hipsnode.home is not set: start with ./hipsnode"))
                .resolve("definitions")
                .resolve(name + ".yaml");
    }

    private static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("hipsnode.home")).map(Path::of);
    }
}
