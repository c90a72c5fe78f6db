package org.hipsnode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real data of {@code ../shared/data}, beside the project's folder where they are at all. */
public final class SharedData {
    private SharedData() {}

    /** Returns a file or folder of the real data, or skips the test, saying so. */
    public static Path require(String name) {
        Path data = folder();
        assumeTrue(Files.exists(data), "real data not found at ../shared/data: this test was skipped");
        Path file = data.resolve(name);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing from the real data");
        }
        return file;
    }

    /** Returns the project's folder, from whichever module the test runs. */
    public static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("LICENSE")) ? folder : folder.getParent();
    }

    private static Path folder() {
        return project().resolveSibling("shared").resolve("data");
    }
}
