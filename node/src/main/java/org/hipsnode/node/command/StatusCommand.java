package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how a node is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells what a node has done and how its surveys are, whether it runs or not.",
        footer = {"", "Exit code 3: the last run of a survey or mirror did not end well."})
final class StatusCommand implements Callable<Integer> {
    private static final int USUAL_RUNS = 5;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "node.yaml",
            defaultValue = "node.yaml",
            description = "The node's configuration; by default node.yaml.")
    private Path file = Path.of("");

    @Option(names = "--runs", paramLabel = "N", description = "How many of the last runs are told of; by default 5.")
    private int runs = USUAL_RUNS;

    @Mixin
    private CommonOptions common = new CommonOptions();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NodeStatus status = NodeStatus.of(NodeConfig.read(file), Math.max(0, runs));
        if (common.json) {
            terminal.results().println(JsonText.line(status.values()));
        } else {
            print(status);
        }
        return status.isWell() ? ExitCode.DONE : ExitCode.MISSING;
    }

    private void print(NodeStatus status) {
        Map<String, Object> node = status.node();
        terminal.results().printf("node      %s%n", words(node, List.of("state", "since", "before")));
        for (Map<String, Object> survey : status.surveys()) {
            terminal.results()
                    .printf(
                            "%-9s %s: %s%n",
                            survey.get("kind"), survey.get("path"), words(survey, List.of("state", "message")));
            line("          serves release of ", survey, List.of("release_date", "content", "seen", "rolled_back"));
            line("          verified ", survey, List.of("verified", "verdict"));
            for (Object push : (List<?>) survey.getOrDefault("pushed", List.of())) {
                terminal.results().println("          pushed " + push);
            }
            line("          kept ", survey, List.of("kept"));
        }
        if (!status.runs().isEmpty()) {
            terminal.results().println("last runs");
        }
        for (Map<String, Object> run : status.runs()) {
            // of a push that came only its end is known
            String when = run.containsKey("began") ? "began" : "ended";
            terminal.results().printf("  %s%n", words(run, List.of(when, "kind", "survey", "result", "message")));
        }
    }

    private void line(String start, Map<String, Object> values, List<String> names) {
        if (values.containsKey(names.get(0))) {
            terminal.results().println(start + words(values, names));
        }
    }

    private static String words(Map<String, Object> values, List<String> names) {
        return String.join(
                ", ",
                names.stream()
                        .filter(values::containsKey)
                        .map(name -> String.valueOf(values.get(name)))
                        .filter(word -> !word.isBlank())
                        .toList());
    }
}
