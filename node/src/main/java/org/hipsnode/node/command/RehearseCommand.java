package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hipsnode.node.demo.Rehearsal;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets the build record which classes a run needs, so that later runs start with them; of no use to people. */
@Command(name = "rehearse", hidden = true, description = "Makes small surveys in an empty folder.")
final class RehearseCommand implements Callable<Integer> {
    private static final int SMALL = 6;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "An empty folder.")
    private Path folder = Path.of("");

    @Option(names = "--order", description = "Of the pixels of the larger map.")
    private int order = SMALL;

    @Option(names = "--images", description = "How many there are.")
    private int images = 4;

    RehearseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        // the usual run is by far the longest, so that what is counted of it is what counts
        int usual = generate(Rehearsal.ring(folder, order), "fits,png");
        int other = generate(Rehearsal.nested(folder, SMALL), "png,fits,jpeg");
        int mosaic = generate(Rehearsal.images(folder, images), "png,fits,jpeg");
        return Math.max(usual, Math.max(other, mosaic));
    }

    private int generate(Path source, String formats) {
        return HipsnodeCommand.execute(
                terminal,
                "generate",
                source.toString(),
                "--out=" + source + ".survey",
                "--id=ivo://re.hearsal/P/sky",
                "--formats=" + formats);
    }
}
