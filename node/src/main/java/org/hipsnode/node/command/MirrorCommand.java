package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.ListFilter;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.mirror.source.Source;
import org.hipsnode.node.show.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a far survey, or brings a copy up to date. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = "Copies a survey of any HiPS server here, or brings a copy up to date.",
        footer = {
            "",
            "Exits 0 if the copy is as the source, 3 if files could not be had, 4 if the release that came is damaged;",
            "in both cases the release before stays, and the next run goes on."
        })
final class MirrorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "URL", arity = "0..1", description = "Address of the survey, where its properties are.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The copy's own folder; with --list the one below which each survey gets its own.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--list",
            paramLabel = "URL",
            description = "Address of a HiPS list: copies every survey of it that may be copied.")
    private Optional<String> list = Optional.empty();

    @Option(
            names = "--filter",
            paramLabel = "KEYWORD=PATTERN",
            description = "Only surveys of the list with such a keyword, such as client_category=Image/Radio/*; "
                    + "several filters must all fit.")
    private List<String> filters = List.of();

    @Option(
            names = "--repair",
            paramLabel = "DIR",
            description = "Verify this mirror and fetch what is damaged or missing from where it came.")
    private Optional<Path> repaired = Optional.empty();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private MannersOptions manners = new MannersOptions();

    @Option(
            names = "--credential-file",
            paramLabel = "FILE",
            description =
                    "For a private survey: a token, or a name, a colon and a password, in one line. Shown to the named "
                            + "server alone, over https or on this machine.")
    private Optional<Path> credential = Optional.empty();

    @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--max-delete",
            paramLabel = "PERCENT",
            description = "Of the files here that a run may delete; by default 10.")
    private double maxDelete = MirrorPolicy.USUAL_PERCENT;

    @Option(
            names = "--yes",
            description = "Delete any number of files, and replace a survey that was not mirrored by this program.")
    private boolean confirmed;

    @Option(
            names = "--recheck",
            description = "Ask for every file although the source says that its release is the same.")
    private boolean recheck;

    @Option(
            names = "--accept-defects",
            description = "Publish the release although some of its tiles break the standard.")
    private boolean acceptsDefects;

    @Option(
            names = "--service-url",
            paramLabel = "URL",
            description = "Address at which the copy is served, for its properties.")
    private Optional<String> here = Optional.empty();

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    MirrorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        requireOneTask();
        Login login = Login.of(manners.manners(), credential, address());
        MirrorRuns runs = new MirrorRuns(terminal, common, login, workers.count());
        if (repaired.isPresent()) {
            return runs.repair(repaired.get(), policy(), here(), dryRun);
        }
        Path target = folder.orElseThrow(() -> new ConfigException("--to DIR is missing: where is the copy to be?"));
        return list.isPresent()
                ? runs.mirrorList(list.get(), filter(), address -> request(address, target, login), dryRun)
                : runs.mirror(request(url.orElse(""), target, login), dryRun);
    }

    /** Returns an address on the server that the credential is for. */
    private String address() throws IOException {
        return repaired.isPresent()
                ? Mirror.noteOf(repaired.get()).origin()
                : url.or(() -> list).orElse("");
    }

    private void requireOneTask() throws ConfigException {
        long tasks = List.of(url.isPresent(), list.isPresent(), repaired.isPresent()).stream()
                .filter(given -> given)
                .count();
        if (tasks != 1) {
            throw new ConfigException("expected one of URL, --list URL and --repair DIR, found "
                    + (tasks == 0 ? "none" : "more") + "; see 'hipsnode mirror --help'");
        }
    }

    private ListFilter filter() throws ConfigException {
        try {
            return ListFilter.parse(filters);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--filter: " + e.getMessage());
        }
    }

    private MirrorRequest request(String address, Path target, Login login) throws IOException {
        RemoteStore store = RemoteSurveys.open(address, login.files());
        Selection part =
                selection.in(selection.hasRegion() ? Source.open(store).survey().frame() : Optional.empty());
        return new MirrorRequest(login.host(store.address()), target, part, here(), policy());
    }

    private MirrorPolicy policy() throws ConfigException {
        return new MirrorPolicy(percent(), confirmed, recheck, acceptsDefects);
    }

    private Optional<String> here() throws ConfigException {
        if (here.isPresent() && WebAddress.parse(here.get()).isEmpty()) {
            throw new ConfigException("--service-url: expected " + WebAddress.EXPECTED + ", found '"
                    + WebAddress.withoutSecrets(here.get()) + "'");
        }
        return here.flatMap(WebAddress::parse).map(WebAddress::toString);
    }

    private double percent() throws ConfigException {
        if (!(maxDelete >= 0 && maxDelete <= 100)) {
            throw new ConfigException("--max-delete: expected 0 to 100, found " + maxDelete);
        }
        return maxDelete;
    }
}
