package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.mirror.source.Source;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.Manners;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
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

    @Parameters(paramLabel = "URL", description = "Address of the survey, where its properties are.")
    private String url = "";

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "The copy's own folder.")
    private Path folder = Path.of("");

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Mixin
    private MannersOptions manners = new MannersOptions();

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
        Manners chosen = manners.manners();
        HttpFiles files = new HttpFiles(chosen.userAgent());
        RemoteStore store = RemoteSurveys.open(url, files);
        Mirror mirror = new Mirror(request(store, chosen), files, Clock.systemUTC());
        MirrorPrinter printer = new MirrorPrinter(terminal, common);
        if (dryRun) {
            MirrorPlan plan = mirror.plan();
            printer.print(store.toString(), folder, plan, mirror.pace());
            return ExitCode.DONE;
        }
        int threads = workers.count();
        Progress progress = new Progress(System::nanoTime);
        MirrorReport report = WatchedWork.run(progress, terminal, common.quiet, () -> run(mirror, threads, progress));
        printer.print(report);
        return MirrorPrinter.exitCode(report.result());
    }

    private static MirrorReport run(Mirror mirror, int threads, Progress progress) throws IOException {
        try {
            return mirror.run(threads, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while mirroring", e);
        }
    }

    private MirrorRequest request(RemoteStore store, Manners chosen) throws IOException {
        Selection part =
                selection.in(selection.hasRegion() ? Source.open(store).survey().frame() : Optional.empty());
        Host host = Host.of(store.address(), chosen.userAgent()).with(chosen);
        return new MirrorRequest(
                host, folder, part, here(), new MirrorPolicy(percent(), confirmed, recheck, acceptsDefects));
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
