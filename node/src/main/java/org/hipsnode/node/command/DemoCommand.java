package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.run.Generation;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.node.config.Installation;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.Survey;
import org.hipsnode.survey.SurveyDefinition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole path from a map to a sky in the browser. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Makes a small all-sky survey, serves it, and prints the address of a page that shows it.")
final class DemoCommand implements Callable<Integer> {
    private static final String ID = "ivo://hipsnode.demo/P/sky";
    private static final String SCHEMA = "definition.schema.json";
    private static final int USUAL_PORT = 8080;
    private static final int PORTS_TO_TRY = 20;

    private final Terminal terminal;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the map and the survey are kept; by default ./demo.")
    private Path folder = Path.of("demo");

    @Option(names = "--no-open", description = "Do not open the page in a browser.")
    private boolean noOpen;

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path surveys = folder.resolve("surveys");
        Path survey = surveys.resolve("sky");
        // a wrong option is told before there is any work
        NodeConfig config = config(surveys, options.port);
        if (isMade(survey)) {
            say("the survey is there already: " + survey);
        } else {
            make(survey);
        }
        if (options.port.isEmpty()) {
            config = config(surveys, Optional.of(FreePort.from(USUAL_PORT, PORTS_TO_TRY)));
        }
        ForegroundServer.serve(config, terminal, common, noOpen ? address -> {} : Browser::open);
        return ExitCode.DONE;
    }

    private NodeConfig config(Path surveys, Optional<Integer> port) throws ConfigException {
        return NodeConfig.ofFolder(surveys)
                .with(options.host, port, Optional.empty(), Optional.of("hipsnode demo"), Optional.empty());
    }

    private void say(String message) {
        if (!common.quiet) {
            terminal.messages().println(message);
        }
    }

    /** A survey that this version of the program made whole, since publishing is atomic. */
    private static boolean isMade(Path survey) throws IOException {
        Optional<SurveyProperties> properties =
                Survey.open(new FolderStore(survey)).map(Survey::properties);
        return properties
                        .flatMap(SurveyProperties::creatorDid)
                        .filter(ID::equals)
                        .isPresent()
                && properties
                        .flatMap(p -> p.list().value("hips_builder"))
                        .filter(Version.NAME::equals)
                        .isPresent();
    }

    private void make(Path survey) throws IOException {
        Files.createDirectories(folder);
        Path map = folder.resolve("sky.fits");
        int workers = Runtime.getRuntime().availableProcessors();
        Progress progress = new Progress(System::nanoTime);
        WatchedWork.run(progress, terminal, common.quiet, () -> {
            DemoSky.write(map, progress);
            try (Generation generation =
                    Generation.prepare(SurveyDefinition.read(definition()), "sky", workers, progress)) {
                return generation.make(survey, workers, progress, Version.NAME);
            }
        });
        say("made " + survey + " from " + map + " as " + folder.resolve("sky.yaml") + " says");
    }

    /** Puts the demo's definition, and the schema that it names, beside its map, where a newcomer finds an example to change. */
    private Path definition() throws IOException {
        Path shipped = Installation.definition("demo");
        Path definition = folder.resolve("sky.yaml");
        AtomicFiles.write(definition, Files.readAllBytes(shipped));
        AtomicFiles.write(folder.resolve(SCHEMA), Files.readAllBytes(shipped.resolveSibling(SCHEMA)));
        return definition;
    }
}
