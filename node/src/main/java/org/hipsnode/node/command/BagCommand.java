package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hipsnode.bag.BagExport;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a survey into a bag. */
@Command(
        name = "bag",
        mixinStandardHelpOptions = true,
        description = "Puts a survey into a bag (BagIt, RFC 8493), as archives keep and hand on data.",
        footer = {"", "Exits 4 if the survey is not as its manifest says; then there is no bag."})
final class BagCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "A survey's folder.")
    private Path survey = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            required = true,
            description = "The bag's own folder, which is made.")
    private Path bag = Path.of("");

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    BagCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        int threads = workers.count();
        Progress progress = new Progress(System::nanoTime);
        return BagPrinter.tell(
                bag, terminal, common, progress, () -> BagExport.write(survey, bag, Version.NAME, threads, progress));
    }
}
