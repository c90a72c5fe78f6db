package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipsnode.check.Finding;
import org.hipsnode.check.ManifestCheck;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.JsonText;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.KeptReleases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts an earlier release back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Puts an earlier release of a survey back, at once and whole; a node that serves it need not be stopped. The "
                        + "release that was there is kept, so that the way back is open.")
final class RollbackCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SURVEY", description = "The survey's folder.")
    private Path survey = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "Number of a kept release, or the begin of its content; by default the newest.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--list", description = "Print the releases that are kept, and stop.")
    private boolean list;

    @Option(names = "--verify", description = "Read every byte of the release before it is put back.")
    private boolean verify;

    @Option(
            names = "--yes",
            description =
                    "Put back a mirror too of which it cannot be told whether its source has another release than these.")
    private boolean confirmed;

    @Mixin
    private WorkersOption workers = new WorkersOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    RollbackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(survey)) {
            throw new ConfigException("'" + survey + "': expected a survey's folder, found "
                    + (Files.exists(survey) ? "a file" : "nothing"));
        }
        KeptReleases releases = KeptReleases.of(survey);
        if (list) {
            print(new ReleaseFacts(survey).values("served"));
            for (KeptReleases.Kept kept : releases.all()) {
                print(new ReleaseFacts(kept.folder()).values(Integer.toString(kept.number())));
            }
            return ExitCode.DONE;
        }
        KeptReleases.Kept chosen = choose(releases.all());
        if (verify && !isWhole(chosen)) {
            return ExitCode.DEFECTS;
        }
        holdBack(chosen);
        Map<String, Object> before = new ReleaseFacts(survey).values("before");
        releases.putBack(chosen);
        try {
            note(chosen);
        } catch (IOException e) {
            terminal.messages().println("the release is back, but that is not noted: " + e.getMessage());
        }
        Map<String, Object> values =
                new LinkedHashMap<>(new ReleaseFacts(survey).values(Integer.toString(chosen.number())));
        if (common.json) {
            values.put("folder", survey.toString());
            values.put("before", before);
            terminal.results().println(JsonText.line(values));
        } else {
            terminal.results()
                    .printf(
                            "%s: release %d of %s, content %s, is back in place of that of %s%n",
                            survey,
                            chosen.number(),
                            values.get("release_date"),
                            values.get("content"),
                            before.get("release_date"));
        }
        return ExitCode.DONE;
    }

    /** Tells the node in whose data folder the survey lies, if there is one. */
    private void note(KeptReleases.Kept chosen) throws IOException {
        Path real = survey.toRealPath();
        for (Path data = real.getParent(); data != null; data = data.getParent()) {
            if (StateStore.isIn(data)) {
                try (StateStore state = StateStore.open(data)) {
                    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
                    Map<String, Object> values = new LinkedHashMap<>(new ReleaseFacts(real).values("served"));
                    values.put("start", now);
                    values.put("end", now);
                    values.put("result", "published");
                    values.put(
                            "message", "release " + chosen.number() + " of " + values.get("release_date") + " is back");
                    state.add(StateStore.ROLLBACK, data.relativize(real).toString(), values);
                }
                return;
            }
        }
    }

    private void print(Map<String, Object> values) {
        if (common.json) {
            terminal.results().println(JsonText.line(values));
        } else {
            terminal.results()
                    .printf(
                            "%-7s %-20s %s%n",
                            values.get("release"), values.get("release_date"), values.get("content"));
        }
    }

    private KeptReleases.Kept choose(List<KeptReleases.Kept> kept) throws IOException {
        if (kept.isEmpty()) {
            throw new ConfigException("'" + survey + "': expected earlier releases, found none; they are kept where "
                    + "'keep-releases' in node.yaml says so");
        }
        if (to.isEmpty()) {
            return kept.get(0);
        }
        for (KeptReleases.Kept one : kept) {
            String content =
                    String.valueOf(new ReleaseFacts(one.folder()).values("").get("content"));
            boolean meant = to.get().length() >= 6 && content.startsWith(to.get());
            if (Integer.toString(one.number()).equals(to.get()) || meant) {
                return one;
            }
        }
        throw new ConfigException("'" + survey + "': expected a release that is kept ("
                + String.join(
                        ", ",
                        kept.stream().map(one -> Integer.toString(one.number())).toList())
                + "), found '" + to.get() + "'; --list tells of them");
    }

    /** A mirror stays at the release until its source has another than that which is here. */
    private void holdBack(KeptReleases.Kept chosen) throws IOException {
        boolean mirror = Files.exists(chosen.folder().resolve(ManifestName.MIRROR));
        if (mirror && !Mirror.holdBack(survey, chosen.folder()) && !confirmed) {
            throw new ConfigException("'" + survey + "' is a mirror, of which it cannot be told whether its source has "
                    + "another release than these: its next run would bring the source's; take it out of node.yaml first, "
                    + "then give --yes");
        }
    }

    private boolean isWhole(KeptReleases.Kept chosen) throws IOException {
        int[] defects = {0};
        int threads = workers.count();
        Progress progress = new Progress(System::nanoTime);
        WatchedWork.run(
                progress,
                terminal,
                common.quiet,
                () -> ManifestCheck.check(chosen.folder(), threads, progress, finding -> {
                    if (finding.severity() == Finding.Severity.ERROR) {
                        defects[0]++;
                        terminal.messages().println(finding);
                    }
                }));
        if (defects[0] > 0) {
            terminal.messages().println("release " + chosen.number() + " is damaged and not put back");
        }
        return defects[0] == 0;
    }
}
