package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.schedule.NodeWork;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a node. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Serves a node, makes the surveys that it declares, and keeps its mirrors up to date, until it is stopped.")
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "node.yaml",
            defaultValue = "node.yaml",
            description = "The node's configuration; by default node.yaml.")
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
        NodeWork.Source source = () -> NodeConfig.read(file)
                .with(options.host, options.port, Optional.empty(), Optional.empty(), Optional.empty());
        try (NodeWork work = NodeWork.of(file, source, means(source.read(), workers.count()), terminal.messages())) {
            ForegroundServer.serve(work.config(), terminal, common, work);
        }
        return ExitCode.DONE;
    }

    /** Returns what works of a node need. */
    static Means means(NodeConfig config, int workers) {
        String contact = config.mirrors().contact().map(c -> "; " + c).orElse("");
        return new Means(Version.NAME + " (mirror" + contact + ")", Version.NAME, workers, RemoteSurveys::open);
    }
}
