package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.check.Finding.Severity;
import org.hipsnode.check.Findings;
import org.hipsnode.check.HipsListCheck;
import org.hipsnode.check.SurveyCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks surveys over. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Tells where a survey, its properties, or a HiPS list departs from HiPS 1.0 or trips viewers.",
        footer = {"", "Exits 0 if there is no error, 4 if there is; warnings and notes do not count."})
final class LintCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "DIR|FILE|URL",
            arity = "1..*",
            description =
                    "A survey's folder or address, a properties file, a definition or a folder of them, or a HiPS list; "
                            + "one by its address is compared "
                            + "with its surveys too.")
    private List<String> targets = List.of();

    @Mixin
    private CommonOptions common = new CommonOptions();

    LintCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        boolean wrong = false;
        for (String target : targets) {
            List<Path> definitions = Definitions.of(target);
            if (!definitions.isEmpty()) {
                wrong |= Definitions.check(definitions, terminal, common) > 0;
                continue;
            }
            Findings findings = check(target);
            print(isUrl(target) ? WebAddress.withoutSecrets(target) : target, findings);
            wrong |= findings.count(Severity.ERROR) > 0;
        }
        return wrong ? ExitCode.DEFECTS : ExitCode.DONE;
    }

    private static Findings check(String target) throws IOException {
        if (isUrl(target)) {
            return checkUrl(target, new HttpFiles(Version.NAME + " (lint)"));
        }
        Path path = Path.of(target);
        if (Files.isDirectory(path)) {
            return SurveyCheck.check(new FolderStore(path), Optional.empty());
        }
        if (!Files.exists(path)) {
            throw new ConfigException("'" + target + "': expected a folder, a file or a URL, found nothing");
        }
        return checkFile(path);
    }

    private static boolean isUrl(String target) {
        return target.toLowerCase(Locale.ROOT).matches("(?s)https?://.*");
    }

    /** An address is a survey's if there are properties below it, else that of a list. */
    private static Findings checkUrl(String target, HttpFiles files) throws IOException {
        RemoteStore store = RemoteSurveys.open(target, files);
        Optional<String> url = Optional.of(store.toString());
        if (store.read("properties", HipsProperties.MAX_BYTES).isPresent()) {
            return SurveyCheck.check(store, url);
        }
        Optional<byte[]> content = store.readBase(HipsProperties.MAX_BYTES);
        List<HipsProperties> records =
                content.isPresent() ? HipsList.parse(content.get(), store.toString()) : List.of();
        if (records.stream().anyMatch(r -> r.value("hips_service_url").isPresent())) {
            return HipsListCheck.check(records, listed -> Optional.of(RemoteSurveys.open(listed, files)));
        }
        return SurveyCheck.check(store, url);
    }

    /** A list has records of more than one survey; a survey's properties may hold blank lines, but tell of one. */
    private static boolean isList(List<HipsProperties> records) {
        return records.stream()
                        .filter(r -> r.value("creator_did")
                                .or(() -> r.value("hips_service_url"))
                                .isPresent())
                        .count()
                > 1;
    }

    private static Findings checkFile(Path file) throws IOException {
        byte[] content = BoundedReads.readFile(file, HipsProperties.MAX_BYTES);
        List<HipsProperties> records = HipsList.parse(content, file.toString());
        return isList(records) || file.toString().endsWith("hipslist")
                ? HipsListCheck.check(records, url -> Optional.empty())
                : SurveyCheck.checkProperties(HipsProperties.parse(content, file.toString()));
    }

    private void print(String target, Findings findings) {
        FindingPrinter printer = new FindingPrinter(target, terminal, common);
        findings.all().forEach(printer::print);
        if (!common.quiet) {
            terminal.messages()
                    .printf(
                            "%s: %d errors, %d warnings, %d notes%n",
                            target,
                            findings.count(Severity.ERROR),
                            findings.count(Severity.WARNING),
                            findings.count(Severity.INFO));
        }
    }
}
