package org.hipsnode.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.Required;
import org.hipsnode.SharedData;

/** Scripts that open pages in Debian's Chromium, and viewers in them. */
final class Browser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private Browser() {}

    /** Returns where the build has installed playwright and the viewers; skips the test where that or Chromium is missing. */
    static Path modules() {
        Path modules = SharedData.project().resolve("node/target/browser/node_modules");
        Required.tool(Files.isExecutable(CHROMIUM), "Chromium");
        Required.tool(Files.exists(modules.resolve("playwright-core")), "npm, by which playwright-core is installed,");
        return modules;
    }

    /** Returns the folder in which screenshots are kept. */
    static Path screenshots() throws IOException {
        return Files.createDirectories(SharedData.project().resolve("node/target/screenshots"));
    }

    /** Runs a script that prints JSON, from beside the modules that it imports. */
    static JsonNode script(Path script, Object... arguments) throws IOException {
        Path copy = modules().resolveSibling(String.valueOf(script.getFileName()));
        Files.write(copy, Files.readAllBytes(script));
        List<String> command = new ArrayList<>(List.of("node", copy.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Program.Ended ended = Program.run(command);
        if (ended.out().isBlank()) {
            throw new IOException(script + ": " + ended);
        }
        return new ObjectMapper().readTree(ended.out());
    }
}
