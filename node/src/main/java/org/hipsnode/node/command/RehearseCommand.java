package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hipsnode.node.demo.Rehearsal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets the build record which classes a run needs, so that later runs start with them; of no use to people. */
@Command(name = "rehearse", hidden = true, description = "Makes a tiny survey in an empty folder.")
final class RehearseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "An empty folder.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Rehearsal.run(folder, Version.NAME);
        return ExitCode.DONE;
    }
}
