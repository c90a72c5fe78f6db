package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.mirror.plan.ListFilter;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorNote;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.remote.RemoteStore;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.properties.Permission;
import org.hipsnode.store.FreeSpace;

/** Runs mirrors: one, all of a list, or the repair of one. */
final class MirrorRuns {
    private final Terminal terminal;
    private final CommonOptions common;
    private final Login login;
    private final int workers;
    private final HttpFiles files;
    private final MirrorPrinter printer;

    MirrorRuns(Terminal terminal, CommonOptions common, Login login, int workers) {
        this.terminal = terminal;
        this.common = common;
        this.login = login;
        this.workers = workers;
        this.files = login.files();
        this.printer = new MirrorPrinter(terminal, common);
    }

    /** Makes the request for a survey by its address. */
    @FunctionalInterface
    interface Requests {
        MirrorRequest of(String address) throws IOException;
    }

    int mirror(MirrorRequest request, boolean dryRun) throws IOException {
        Mirror mirror = new Mirror(request, files, Clock.systemUTC());
        if (dryRun) {
            OptionalLong free = FreeSpace.of(request.folder());
            printer.print(request.host().survey().toString(), request.folder(), mirror.plan(), mirror.pace(), free);
            return ExitCode.DONE;
        }
        return finish(progress -> mirror.run(workers, progress));
    }

    /** A run of a mirror. */
    @FunctionalInterface
    private interface Run {
        MirrorReport with(Progress progress) throws IOException, InterruptedException;
    }

    private int finish(Run run) throws IOException {
        Progress progress = new Progress(System::nanoTime);
        MirrorReport report = WatchedWork.run(progress, terminal, common.quiet, () -> {
            try {
                return run.with(progress);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while mirroring", e);
            }
        });
        printer.print(report);
        return MirrorPrinter.exitCode(report.result());
    }

    int repair(Path folder, MirrorPolicy policy, Optional<String> here, boolean dryRun) throws IOException {
        MirrorNote note = Mirror.noteOf(folder);
        RemoteStore store = RemoteSurveys.open(note.origin(), files);
        Host host = login.host(store.address());
        Mirror mirror =
                new Mirror(new MirrorRequest(host, folder, note.selection(), here, policy), files, Clock.systemUTC());
        Set<String> damaged = damaged(folder);
        if (damaged.isEmpty()) {
            terminal.results().println(folder + ": every file is as the manifest says");
            return ExitCode.DONE;
        }
        if (dryRun) {
            terminal.results()
                    .println(folder + ": " + damaged.size() + (damaged.size() == 1 ? " file" : " files")
                            + " to put right from '" + store + "'");
            return ExitCode.DONE;
        }
        return finish(progress -> mirror.repair(damaged, workers, progress));
    }

    private Set<String> damaged(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        Progress progress = new Progress(System::nanoTime);
        WatchedWork.run(
                progress,
                terminal,
                common.quiet,
                () -> ManifestCheck.check(folder, workers, progress, finding -> {
                    if (finding.severity() == Finding.Severity.ERROR) {
                        names.add(finding.object());
                        terminal.messages().println(finding);
                    }
                }));
        return names;
    }

    /** Copies what may be copied of a list; one that fails does not stop the others. */
    int mirrorList(String address, ListFilter filter, Requests requests, boolean dryRun) throws IOException {
        RemoteStore list = RemoteSurveys.open(address, files);
        byte[] content = list.readBase(HipsProperties.MAX_BYTES)
                .orElseThrow(() -> new ConfigException("'" + list + "': expected a HiPS list, found nothing"));
        int worst = ExitCode.DONE;
        List<HipsProperties> chosen = HipsList.parse(content, list.toString()).stream()
                .filter(filter::accepts)
                .toList();
        if (chosen.isEmpty()) {
            throw new ConfigException("'" + list + "': no survey of this list fits the filters");
        }
        for (HipsProperties survey : chosen) {
            worst = worse(worst, mirrorListed(survey, requests, dryRun));
        }
        return worst;
    }

    private int mirrorListed(HipsProperties survey, Requests requests, boolean dryRun) throws IOException {
        Optional<String> folder = ListFilter.folder(survey);
        Optional<String> url = survey.value("hips_service_url");
        Optional<String> refusal = folder.isEmpty() || url.isEmpty()
                ? Optional.of("it has no creator_did that makes a folder, or no hips_service_url")
                : Permission.refusal(survey);
        String name = folder.or(() -> url).orElse("a survey without id");
        if (refusal.isPresent()) {
            terminal.messages().println(name + " is passed over: " + refusal.get());
            return ExitCode.DONE;
        }
        try {
            MirrorRequest request = requests.of(url.orElse(""));
            return mirror(request.in(request.folder().resolve(folder.orElse(""))), dryRun);
        } catch (ConfigException e) {
            terminal.messages().println(name + " is passed over: " + e.getMessage());
            return ExitCode.MISSING;
        } catch (IOException e) {
            terminal.messages().println(name + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Failed is worse than damaged, that than missing. */
    private static int worse(int one, int other) {
        if (one == ExitCode.FAILED || other == ExitCode.FAILED) {
            return ExitCode.FAILED;
        }
        return Math.max(one, other);
    }
}
