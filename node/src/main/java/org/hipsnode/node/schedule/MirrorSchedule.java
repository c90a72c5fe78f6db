package org.hipsnode.node.schedule;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.hipsnode.io.JsonText;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's mirrors up to date, one after the other on one thread.
 *
 * <p>A mirror that fails does not stop the others, and is tried again when its interval is over; each run leaves a line in the
 * history and one among the messages.
 */
public final class MirrorSchedule implements AutoCloseable {
    private static final String HISTORY = ".history";
    private static final long MOST_SECONDS_TO_END = 10;
    private static final Set<MirrorReport.Result> GOOD =
            Set.of(MirrorReport.Result.UNCHANGED, MirrorReport.Result.PUBLISHED);

    private final NodeConfig config;
    private final String userAgent;
    private final int workers;
    private final PrintStream messages;
    private final Clock clock = Clock.systemUTC();
    private final RunHistory history;
    private final Alert alert;
    private final HttpFiles files;
    private final Timetable<ScheduledMirror> timetable =
            new Timetable<>(() -> ThreadLocalRandom.current().nextDouble());
    private final Thread thread = new Thread(this::work, "hipsnode-mirrors");

    private MirrorSchedule(NodeConfig config, String userAgent, int workers, PrintStream messages) {
        this.config = config;
        this.userAgent = userAgent;
        this.workers = workers;
        this.messages = messages;
        this.history = new RunHistory(config.data().resolve(HISTORY));
        this.alert = new Alert(config.mirrors().alert());
        this.files = new HttpFiles(userAgent);
    }

    /**
     * Prepares to keep the mirrors of a node.
     *
     * @param userAgent by which operators of sources can tell us
     * @param workers threads for checks
     * @param messages where a line is written after each run
     */
    public static MirrorSchedule of(NodeConfig config, String userAgent, int workers, PrintStream messages) {
        return new MirrorSchedule(config, userAgent, workers, messages);
    }

    /** Starts; the first runs begin at once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        Instant now = clock.instant();
        config.mirrors().all().forEach(mirror -> timetable.add(mirror, now));
        try {
            while (timetable.next().isPresent()) {
                ScheduledMirror mirror = timetable.next().get();
                Thread.sleep(timetable.untilDue(mirror, clock.instant()).toMillis());
                run(mirror);
                timetable.done(mirror, clock.instant(), mirror.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    private void run(ScheduledMirror mirror) throws InterruptedException {
        Instant start = clock.instant();
        try {
            MirrorReport report = new Mirror(mirror.request(config.baseUrl(), userAgent), files, clock)
                    .run(workers, new Progress(System::nanoTime));
            finish(mirror, start, GOOD.contains(report.result()), word(report), message(report), report.done());
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            finish(mirror, start, false, "failed", message, null);
        }
    }

    private static String word(MirrorReport report) {
        return report.result().name().toLowerCase(Locale.ROOT);
    }

    private static String message(MirrorReport report) {
        String date = report.releaseDate().map(d -> "release of " + d + ", ").orElse("");
        String missing = report.missing().isEmpty() ? "" : "; missing: " + String.join(", ", report.missing());
        return date + report.done().fetched() + " files fetched, "
                + report.done().kept() + " kept, " + report.done().deleted() + " deleted" + missing;
    }

    private void finish(
            ScheduledMirror mirror,
            Instant start,
            boolean good,
            String result,
            String message,
            MirrorReport.@Nullable Done done)
            throws InterruptedException {
        messages.printf("mirror %s: %s: %s%n", mirror.path(), result, message);
        messages.flush();
        try {
            history.add(JsonText.line(values(mirror, start, result, message, done)));
            if (!good) {
                alert.tell(mirror.path(), result, message);
            }
        } catch (IOException e) {
            messages.printf("mirror %s: %s%n", mirror.path(), e.getMessage());
            messages.flush();
        }
    }

    private Map<String, Object> values(
            ScheduledMirror mirror, Instant start, String result, String message, MirrorReport.@Nullable Done done) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mirror", mirror.path());
        values.put("from", mirror.from().toString());
        values.put("start", start.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("end", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("result", result);
        values.put("message", message);
        if (done != null) {
            values.put("fetched", done.fetched());
            values.put("bytes", done.bytes());
            values.put("kept", done.kept());
            values.put("deleted", done.deleted());
        }
        return values;
    }

    /** Stops the run that is going on, which the next start goes on with. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(MOST_SECONDS_TO_END * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
