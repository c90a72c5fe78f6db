package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hipsnode.bag.BagImport;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a survey out of a bag. */
@Command(
        name = "unbag",
        mixinStandardHelpOptions = true,
        description = "Takes a survey out of a bag (BagIt, RFC 8493), and proves every file of it.",
        footer = {"", "Exits 4 if the bag is not as it says; then there is no survey."})
final class UnbagCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FOLDER", description = "A bag's folder.")
    private Path bag = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The survey's own folder, which is made.")
    private Path survey = Path.of("");

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    UnbagCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        int threads = workers.count();
        Progress progress = new Progress(System::nanoTime);
        return BagPrinter.tell(
                survey, terminal, common, progress, () -> BagImport.read(bag, survey, threads, progress));
    }
}
