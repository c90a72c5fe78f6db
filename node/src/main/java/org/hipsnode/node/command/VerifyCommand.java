package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.JsonText;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.Survey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares a survey with its manifest. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares every byte of a survey with its manifest: what is missing, added, cut off or changed.",
        footer = {
            "",
            "Exits 0 if all is as the manifest says, 4 if not.",
            "Two copies of a survey that print the same content hold the same files."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "A survey's folder.")
    private Path folder = Path.of("");

    @Option(names = "--make", description = "Make the manifest of a survey that has none, by reading every file once.")
    private boolean make;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ConfigException("'" + folder + "': expected a survey's folder, found "
                    + (Files.exists(folder) ? "a file" : "nothing"));
        }
        int threads = workers.count();
        Progress progress = new Progress(System::nanoTime);
        return WatchedWork.run(
                progress, terminal, common.quiet, () -> make ? make(threads, progress) : verify(threads, progress));
    }

    private int verify(int threads, Progress progress) throws IOException {
        FindingPrinter printer = new FindingPrinter(folder.toString(), terminal, common);
        Optional<ManifestRoot> root = ManifestCheck.check(folder, threads, progress, printer::print);
        root.ifPresent(checked -> report(checked, printer.errors()));
        return printer.errors() == 0 ? ExitCode.DONE : ExitCode.DEFECTS;
    }

    private int make(int threads, Progress progress) throws IOException {
        if (Files.exists(folder.resolve(ManifestName.ROOT))) {
            throw new ConfigException("'" + folder + "': expected a survey without manifest, found one; without --make "
                    + "the survey is compared with it");
        }
        HipsProperties list = Survey.open(new FolderStore(folder))
                .orElseThrow(() -> new ConfigException("'" + folder + "': expected a survey, found no properties"))
                .properties()
                .list();
        report(
                ManifestMaker.make(
                        folder, list.value("creator_did"), list.value("hips_release_date"), threads, progress),
                0);
        return ExitCode.DONE;
    }

    private void report(ManifestRoot root, long errors) {
        if (!common.json) {
            terminal.results()
                    .printf(
                            "%s: generation %d, %d files, %s, content %s, %d defects%n",
                            folder,
                            root.head().generation(),
                            root.fileCount(),
                            Quantities.bytes((double) root.totalBytes()),
                            root.content(),
                            errors);
            return;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("target", folder);
        values.put("generation", root.head().generation());
        values.put("files", root.fileCount());
        values.put("bytes", root.totalBytes());
        values.put("content", root.content());
        values.put("digest", root.digest());
        values.put("defects", errors);
        terminal.results().println(JsonText.line(values));
    }
}
