package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.Required;
import org.hipsnode.SharedData;

/** The oracle scripts, which need healpy and astropy. */
final class Python {
    /** Debian's own, since its packages are not seen by another. */
    private static final String PYTHON = "/usr/bin/python3";

    private Python() {}

    /** Skips the test where healpy or astropy is missing. */
    static void require() throws IOException {
        boolean present;
        try {
            present =
                    Program.run(List.of(PYTHON, "-c", "import healpy, astropy")).code() == 0;
        } catch (IOException e) {
            present = false;
        }
        Required.tool(present, "python3-healpy with python3-astropy");
    }

    static Program.Ended script(String name, Object... arguments) throws IOException {
        Path script = SharedData.project().resolve("node/src/test/oracle").resolve(name);
        List<String> command = new ArrayList<>(List.of(PYTHON, "-B", script.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return Program.run(command);
    }
}
