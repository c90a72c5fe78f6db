package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.schedule.MirrorSchedule;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a node. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Serves a node's surveys and keeps its mirrors up to date, until it is stopped.")
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "node.yaml", description = "The node's configuration.")
    private Path file = Path.of("");

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NodeConfig config = NodeConfig.read(file)
                .with(options.host, options.port, Optional.empty(), Optional.empty(), Optional.empty());
        Files.createDirectories(config.data()); // a node may begin with mirrors alone
        try (MirrorSchedule schedule = MirrorSchedule.of(
                config, Version.mirrors(config.mirrors().contact()), workers.count(), terminal.messages())) {
            ForegroundServer.serve(config, terminal, common, schedule);
        }
        return ExitCode.DONE;
    }
}
