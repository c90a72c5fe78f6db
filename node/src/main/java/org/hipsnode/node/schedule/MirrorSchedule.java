package org.hipsnode.node.schedule;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hipsnode.mirror.pull.MirrorReport;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.node.state.Verification;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.partner.Notice;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.partner.ReceivedPush;
import org.hipsnode.serve.snapshot.ServedSurvey;

/**
 * Keeps a node's mirrors up to date, tells partners of what is published here or pushes it to them, and has its surveys audited.
 *
 * <p>A mirror that fails does not stop the others, and is tried again when its interval is over; each run leaves a line in the
 * history and one among the messages. One thread decides, others run mirrors.
 */
final class MirrorSchedule implements Partners, AutoCloseable {
    private static final long MOST_SECONDS_TO_END = 10;

    /** So soon it is noticed that a copy has become stale, or that the clock was set. */
    private static final long LOOK_MILLIS = 5000;

    private final NodeConfig config;
    private final PrintStream messages;
    private final Clock clock;
    private final StateStore state;
    private final RunHistory history;
    private final Alert alert;
    private final MirrorWork work;
    private final MirrorBoard board;
    private final NoticeSending notices;
    private final AuditSchedule audits;
    private final PushSchedule pushes;
    private final Map<ScheduledMirror, Progress> running = new ConcurrentHashMap<>();
    private final ExecutorService runs = Executors.newCachedThreadPool(named("hipsnode-mirror"));
    private final ExecutorService errands = Executors.newSingleThreadExecutor(named("hipsnode-errands"));
    private final Thread thread = new Thread(this::decide, "hipsnode-mirrors");

    /**
     * Prepares all that.
     *
     * @param surveys that are served from folders here, by path
     */
    MirrorSchedule(
            NodeConfig config,
            StateStore state,
            Means means,
            Supplier<Map<String, Path>> surveys,
            PrintStream messages,
            Clock clock)
            throws IOException {
        String userAgent = means.userAgent();
        int workers = means.workers();
        this.config = config;
        this.messages = messages;
        this.clock = clock;
        this.state = state;
        this.history = new RunHistory(state);
        this.alert = new Alert(config.mirrors().alert());
        this.work = new MirrorWork(config, userAgent, workers, clock);
        this.board = new MirrorBoard(config.mirrors(), past(history), clock);
        this.notices = new NoticeSending(config.mirrors().partners(), userAgent, this::say);
        this.audits = new AuditSchedule(
                config.data(),
                StateStore.folder(config.data()),
                config.mirrors().verifying(),
                new AuditWork(config, userAgent, workers, clock, work),
                history,
                alert,
                this::say,
                clock);
        this.pushes = new PushSchedule(
                config.mirrors().pushes(), surveys, pushing(config, means, clock), history, alert, this::say, clock);
    }

    /** Returns what pushes surveys of a node. */
    static PushWork pushing(NodeConfig config, Means means, Clock clock) {
        String contact = config.mirrors().contact().map(c -> "; " + c).orElse("");
        return new PushWork(means.builder() + " (push" + contact + ")", clock);
    }

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static List<Run> past(RunHistory history) throws IOException {
        return history.read(RunHistory.MIRRORS).stream()
                .flatMap(line -> Run.parse(line).stream())
                .toList();
    }

    MirrorBoard board() {
        return board;
    }

    AuditSchedule auditing() {
        return audits;
    }

    PushSchedule pushing() {
        return pushes;
    }

    /** Starts; the first runs begin at once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
        audits.start();
        pushes.start();
    }

    private void decide() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                board.over().forEach(this::pause);
                board.turns().forEach(turn -> errands.execute(() -> tell(turn)));
                var next = board.take();
                if (next.isPresent()) {
                    begin(next.get());
                } else {
                    board.await(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    private void pause(ScheduledMirror mirror) {
        Progress progress = running.get(mirror);
        if (progress != null) {
            progress.cancel();
        }
    }

    private void begin(ScheduledMirror mirror) {
        Progress progress = new Progress(System::nanoTime);
        running.put(mirror, progress);
        runs.execute(() -> run(mirror, progress));
    }

    private void run(ScheduledMirror mirror, Progress progress) {
        try {
            Run run = work.run(mirror, progress);
            say("mirror " + mirror.path() + ": " + run.result().word() + ": " + run.message());
            keep(RunHistory.MIRRORS, run.values());
            noteVerified(run);
            running.remove(mirror);
            board.done(mirror, run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    /** What was fetched was verified, every byte of it; what was kept was not read again. */
    private void noteVerified(Run run) {
        Optional<String> content = run.done().flatMap(MirrorReport.Done::content);
        if (run.verified() && content.isPresent()) {
            try {
                state.verified(new Verification(
                        run.mirror(),
                        content.get(),
                        run.span().end(),
                        true,
                        "every file as it came from " + run.from()));
            } catch (IOException e) {
                say("the history cannot be written: " + e.getMessage());
            }
        }
    }

    private void keep(String file, Map<String, ?> values) {
        try {
            history.add(file, values);
        } catch (IOException e) {
            say("the history cannot be written: " + e.getMessage());
        }
    }

    private synchronized void say(String message) {
        messages.println(message);
        messages.flush();
    }

    /** Tells the operator once when a copy begins to fail or to be stale, and when it is well again. */
    private void tell(MirrorBoard.Turn turn) {
        try {
            if (turn.now().isBad() || turn.before().isBad()) {
                alert.tell(turn.mirror().path(), turn.word(), turn.message());
            }
        } catch (IOException e) {
            say("mirror " + turn.mirror().path() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    @Override
    public List<KeptCopy> copies() {
        return board.copies();
    }

    @Override
    public List<Fixity> audits() {
        return audits.audits();
    }

    @Override
    public long changes() {
        return board.changes() + audits.changes();
    }

    @Override
    public boolean listens() {
        return config.mirrors().all().stream()
                .anyMatch(mirror -> mirror.terms().notifiedBy().isPresent());
    }

    @Override
    public boolean listensTo(String partner) {
        return config.mirrors().all().stream()
                .anyMatch(mirror ->
                        mirror.terms().notifiedBy().filter(partner::equals).isPresent());
    }

    @Override
    public boolean hasNews(String partner, Notice notice) {
        return board.hasNews(partner, notice);
    }

    @Override
    public void published(ServedSurvey survey) {
        notices.send(survey);
        pushes.published(survey.path());
    }

    @Override
    public void received(ReceivedPush push) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("survey", push.survey());
        values.put("partner", push.partner());
        values.put("end", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("result", (push.published() ? Run.Result.PUBLISHED : Run.Result.DEFECTIVE).word());
        values.put("release", push.release());
        values.put("files", push.files());
        values.put("bytes", push.bytes());
        errands.execute(() -> keep(RunHistory.PUSHES, values));
    }

    /** Stops the runs that are going on, which the next start goes on with. */
    @Override
    public void close() {
        thread.interrupt();
        runs.shutdownNow();
        errands.shutdown();
        notices.close();
        audits.close();
        pushes.close();
        try {
            thread.join(MOST_SECONDS_TO_END * 1000);
            if (!runs.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)
                    || !errands.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                say("a mirror did not stop in time: the next start goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
