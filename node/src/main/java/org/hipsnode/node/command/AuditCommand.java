package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.JsonText;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.audit.AuditReport;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.schedule.AuditRound;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Audits the surveys of a node once. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Reads every byte of a node's surveys, compares it with their manifests, and repairs what is damaged.",
        footer = {
            "",
            "Exits 0 if every byte is right, or right again, 4 if something is damaged, 3 if a survey has no manifest"
                    + " or",
            "could not be read to its end."
        })
final class AuditCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "node.yaml",
            defaultValue = "node.yaml",
            description = "The node's configuration; by default node.yaml.")
    private Path file = Path.of("");

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Write a report to be kept: JSON if the name ends with .json, else a text; may be given twice.")
    private List<Path> reports = List.of();

    @Option(names = "--dry-run", description = "Tell what is damaged, and repair nothing.")
    private boolean dryRun;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        NodeConfig config = NodeConfig.read(file);
        if (!Files.isDirectory(config.data())) {
            throw new ConfigException("'" + config.data() + "': expected the node's data folder, found "
                    + (Files.exists(config.data()) ? "a file" : "nothing"));
        }
        for (Path report : reports) {
            requireNew(report);
        }
        AuditRound round =
                new AuditRound(config, Version.mirrors(config.mirrors().contact()), workers.count());
        Instant start = Instant.now();
        List<Audit> done = new ArrayList<>();
        try {
            run(round, done);
        } finally {
            // what was found before a stop is worth keeping, too
            write(new AuditReport(config.title(), config.baseUrl(), Version.NAME, start, Instant.now(), done));
        }
        return exitCode(done);
    }

    private void run(AuditRound round, List<Audit> done) throws IOException {
        Progress progress = new Progress(System::nanoTime);
        WatchedWork.run(progress, terminal, common.quiet, () -> {
            try {
                return round.run(
                        !dryRun,
                        progress,
                        audit -> {
                            done.add(audit);
                            print(audit);
                        },
                        terminal.messages()::println);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        });
    }

    /** A report of the past is never written over. */
    private static void requireNew(Path report) throws ConfigException {
        Path folder = report.toAbsolutePath().getParent();
        if (Files.exists(report) || folder == null || !Files.isDirectory(folder)) {
            throw new ConfigException(
                    "--report '" + report + "': expected a file that is not there yet, in a folder that " + "is, found "
                            + (Files.exists(report) ? "one" : "no such folder"));
        }
    }

    private void print(Audit audit) {
        if (common.json) {
            terminal.results().println(JsonText.line(audit.values()));
            return;
        }
        terminal.results().println(audit.path() + ": " + audit.line());
        audit.flaws().forEach(flaw -> terminal.messages().println("  " + flaw.name() + ": " + flaw.message()));
    }

    private void write(AuditReport report) throws IOException {
        for (Path to : reports) {
            AtomicFiles.write(to, to.toString().endsWith(".json") ? report.json() : report.text());
        }
        if (!common.json) {
            terminal.results().println(report.summary());
        }
    }

    private static int exitCode(List<Audit> audits) {
        if (audits.stream().anyMatch(audit -> audit.result() == Audit.Result.DAMAGED)) {
            return ExitCode.DEFECTS;
        }
        return audits.stream().allMatch(audit -> audit.result().isRight()) ? ExitCode.DONE : ExitCode.MISSING;
    }
}
