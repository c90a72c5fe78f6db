package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorNote;
import org.hipsnode.mirror.pull.MirrorPolicy;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.pull.Restoration;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.node.audit.Auditor;
import org.hipsnode.node.audit.Repair;
import org.hipsnode.node.audit.Unfinished;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.KeptReleases;

/**
 * Knows from where each survey of a node can be repaired: a mirror from its origin, another from where the configuration says. A
 * repair does not wait for a mirror's hours, as it fetches no more than is damaged.
 */
final class AuditWork {
    private final NodeConfig config;
    private final String userAgent;
    private final int workers;
    private final Clock clock;
    private final MirrorWork mirrors;

    AuditWork(NodeConfig config, String userAgent, int workers, Clock clock, MirrorWork mirrors) {
        this.config = config;
        this.userAgent = userAgent;
        this.workers = workers;
        this.clock = clock;
        this.mirrors = mirrors;
    }

    /** Returns what there is to do about a survey. */
    Auditor.Task task(String path, Path folder, Optional<Unfinished> before) {
        return new Auditor.Task(path, folder, repair(path, folder), before);
    }

    /** Returns the same without a repair. */
    static Auditor.Task looking(Auditor.Task task) {
        return new Auditor.Task(task.path(), task.folder(), Optional.empty(), task.before());
    }

    private Optional<Repair> repair(String path, Path folder) {
        return source(path, folder).map(repair -> droppingDamaged(folder, repair));
    }

    /** The damaged release must not become the one that is put back one day. */
    private static Repair droppingDamaged(Path folder, Repair repair) {
        return (bad, added, progress) -> {
            KeptReleases releases = KeptReleases.of(folder);
            List<KeptReleases.Kept> before = releases.all();
            Repair.Outcome outcome = repair.run(bad, added, progress);
            for (KeptReleases.Kept kept : releases.all()) {
                if (!before.contains(kept)) {
                    releases.drop(kept);
                }
            }
            return outcome;
        };
    }

    private Optional<Repair> source(String path, Path folder) {
        Optional<ScheduledMirror> mirror = config.mirrors().all().stream()
                .filter(m -> m.path().equals(path))
                .findFirst();
        if (mirror.isPresent()) {
            return Optional.of((bad, added, progress) -> repair(mirrors.prepared(mirror.get()), bad, added, progress));
        }
        Optional<WebAddress> copy =
                Optional.ofNullable(config.mirrors().verifying().repairFrom().get(path));
        if (copy.isPresent()) {
            return Optional.of((bad, added, progress) -> restore(copy.get(), folder, bad, added, progress));
        }
        return note(folder)
                .map(note -> (bad, added, progress) -> repair(mirror(path, folder, note), bad, added, progress));
    }

    /** A mirror that was made by hand says itself where it comes from. */
    private static Optional<MirrorNote> note(Path folder) {
        try {
            return Optional.of(Mirror.noteOf(folder));
        } catch (IOException e) {
            return Optional.empty(); // it is none, or cannot tell
        }
    }

    private Mirror mirror(String path, Path folder, MirrorNote note) throws ConfigException {
        WebAddress origin = WebAddress.parse(note.origin())
                .orElseThrow(() -> new ConfigException("its note has no address of an origin"));
        return new Mirror(
                new MirrorRequest(
                        Host.of(origin, userAgent),
                        folder,
                        note.selection(),
                        config.baseUrl().map(base -> base + "/" + path),
                        MirrorPolicy.USUAL),
                new HttpFiles(userAgent),
                clock);
    }

    private Repair.Outcome repair(Mirror mirror, Set<String> bad, Set<String> added, Progress progress)
            throws IOException, InterruptedException {
        if (!mirror.isAtSource() && !bad.contains(ManifestName.ROOT)) {
            Repair.Outcome single = restore(mirror.restoration(), "its origin", bad, added, progress);
            return new Repair.Outcome(
                    single.files(),
                    single.message() + "; the origin has another release by now, which is not fetched for a repair");
        }
        Set<String> all = new TreeSet<>(bad);
        all.addAll(added);
        MirrorReport report = mirror.repair(all, workers, progress);
        return report.result() == MirrorReport.Result.PUBLISHED
                ? new Repair.Outcome(all.size(), report.done().fetched() + " files came from '" + report.origin() + "'")
                : new Repair.Outcome(
                        0,
                        "it could not be repaired from '" + report.origin() + "': "
                                + (report.missing().isEmpty()
                                        ? "what that has is defective"
                                        : String.join(", ", report.missing())));
    }

    private Repair.Outcome restore(WebAddress copy, Path folder, Set<String> bad, Set<String> added, Progress progress)
            throws IOException, InterruptedException {
        Restoration restoration = new Restoration(Host.of(copy, userAgent), folder, new HttpFiles(userAgent));
        return restore(restoration, "'" + copy + "'", bad, added, progress);
    }

    private static Repair.Outcome restore(
            Restoration restoration, String whence, Set<String> bad, Set<String> added, Progress progress)
            throws IOException, InterruptedException {
        if (bad.isEmpty()) {
            return new Repair.Outcome(0, "what was added is left to you");
        }
        Restoration.Report report = restoration.restore(bad, added, progress);
        String missing = report.missing().isEmpty() ? "" : ", but not: " + String.join(", ", report.missing());
        String left = added.isEmpty() ? "" : "; what was added is left to you";
        String more = report.more() == 0
                ? ""
                : ", " + report.more() + " of which the damaged manifest could not tell that they were damaged, too";
        return new Repair.Outcome(
                report.files(),
                (report.files() + report.more()) + " files came from " + whence + more + missing + left);
    }
}
