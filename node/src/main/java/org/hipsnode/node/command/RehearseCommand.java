package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hipsnode.node.demo.Rehearsal;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets the build record which classes a run needs, so that later runs start with them; of no use to people. */
@Command(name = "rehearse", hidden = true, description = "Makes small surveys in an empty folder.")
final class RehearseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "An empty folder.")
    private Path folder = Path.of("");

    @Option(names = "--order", description = "Of the maps' pixels.")
    private int order = 6;

    @Option(names = "--images", description = "How many there are.")
    private int images = 4;

    RehearseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        int worst = ExitCode.DONE;
        List<Path> sources = new ArrayList<>(Rehearsal.maps(folder, order));
        sources.add(Rehearsal.images(folder, images));
        for (Path source : sources) {
            int code = HipsnodeCommand.execute(
                    terminal,
                    "generate",
                    source.toString(),
                    "--out=" + source + ".survey",
                    "--id=ivo://re.hearsal/P/sky",
                    "--formats=png,fits,jpeg");
            worst = Math.max(worst, code);
        }
        return worst;
    }
}
