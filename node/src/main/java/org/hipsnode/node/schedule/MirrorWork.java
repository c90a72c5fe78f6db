package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.pull.MirrorRequest;
import org.hipsnode.mirror.remote.Authorization;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Host;
import org.hipsnode.mirror.transfer.RateLimit;
import org.hipsnode.node.config.Credential;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.node.plan.NodePlan;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.KeptReleases;

/** Runs mirrors of a node, any number at once, within the bytes a second that they have together. */
final class MirrorWork {
    private final NodeConfig config;
    private final String userAgent;
    private final int workers;
    private final Clock clock;
    private final HttpFiles files;
    private final Optional<RateLimit> total;

    MirrorWork(NodeConfig config, String userAgent, int workers, Clock clock) {
        this.config = config;
        this.userAgent = userAgent;
        this.workers = workers;
        this.clock = clock;
        this.files = new HttpFiles(userAgent);
        this.total = config.mirrors().limits().rate().map(RateLimit::new);
    }

    /**
     * Runs a mirror to its end, whatever that is.
     *
     * @throws InterruptedException if the node ends
     */
    Run run(ScheduledMirror mirror, Progress progress) throws InterruptedException {
        Instant start = clock.instant();
        try {
            keepReleases(mirror);
            MirrorReport report = prepared(mirror).run(workers, progress);
            keepReleases(mirror);
            return Run.reported(mirror, span(start), report);
        } catch (CancellationException e) {
            return Run.broken(
                    mirror, span(start), Run.Result.PAUSED, "its hours are over: it goes on in the next ones");
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            return Run.broken(mirror, span(start), Run.Result.FAILED, message);
        }
    }

    private static void keepReleases(ScheduledMirror mirror) throws IOException {
        if (mirror.keep().isPresent() && Files.isDirectory(mirror.folder())) {
            KeptReleases.of(mirror.folder()).keep(mirror.keep().getAsInt());
        }
    }

    /** Returns what a run would do now; nothing is written. */
    NodePlan.Copy plan(ScheduledMirror mirror) {
        String from = mirror.from().toString();
        try {
            Mirror prepared = prepared(mirror);
            MirrorPlan plan = prepared.plan();
            return new NodePlan.Copy(
                    mirror.path(),
                    from,
                    plan.why().toString(),
                    Optional.of(new NodePlan.Work(
                            plan.fetched().files(),
                            plan.fetched().bytes(),
                            plan.asked(),
                            plan.deleted(),
                            prepared.pace().seconds(plan))));
        } catch (IOException e) {
            return new NodePlan.Copy(mirror.path(), from, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private Run.Span span(Instant start) {
        return new Run.Span(start, clock.instant());
    }

    /** Prepares a run. */
    Mirror prepared(ScheduledMirror mirror) throws IOException {
        MirrorRequest request = mirror.request(config.baseUrl(), userAgent);
        Host host = total.isPresent() ? request.host().within(total.get()) : request.host();
        if (mirror.terms().credential().isEmpty()) {
            return new Mirror(request.by(host), files, clock);
        }
        Authorization ours = Credential.read(mirror.terms().credential().get(), mirror.from())
                .authorization();
        return new Mirror(request.by(host.with(ours)), files.showing(ours, mirror.from()), clock);
    }
}
