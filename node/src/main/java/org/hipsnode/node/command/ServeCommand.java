package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.config.ConfigException;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves surveys. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves every survey beneath a folder, with a page that shows them, until it is stopped.")
final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR|node.yaml", description = "Folder with surveys, or a node's configuration.")
    private Path target = Path.of("");

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Public address of the node, for the HiPS list; by default that of each request.")
    private Optional<String> baseUrl = Optional.empty();

    @Option(names = "--title", description = "Title of the node's page.")
    private Optional<String> title = Optional.empty();

    @Option(
            names = "--viewer-url",
            paramLabel = "URL",
            description = "Where pages load Aladin Lite from if it is not part of this installation.")
    private Optional<String> viewerUrl = Optional.empty();

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NodeConfig config = config();
        ForegroundServer.serve(config, terminal, common, address -> {});
        return ExitCode.DONE;
    }

    private NodeConfig config() throws IOException {
        boolean yaml = target.toString().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml");
        NodeConfig given = yaml ? NodeConfig.read(target) : NodeConfig.ofFolder(target);
        NodeConfig config = given.with(options.host, options.port, baseUrl, title, viewerUrl);
        if (!Files.isDirectory(config.data())) {
            throw new ConfigException("'" + config.data() + "': expected a folder with surveys, found "
                    + (Files.exists(config.data()) ? "a file" : "nothing"));
        }
        return config;
    }
}
