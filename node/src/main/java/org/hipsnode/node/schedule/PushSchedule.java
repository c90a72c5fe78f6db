package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hipsnode.node.config.PushPartner;
import org.hipsnode.progress.Progress;

/**
 * Pushes what is published here to other nodes: at once, and again whenever it is looked whether it is there.
 *
 * <p>One that fails stops no other, and is tried again when its interval is over or another release is published. What ends as the time before is
 * not told again.
 */
final class PushSchedule implements AutoCloseable {
    private static final long LOOK_MILLIS = 5000;
    private static final long MOST_SECONDS_TO_END = 10;

    private final List<PushPartner> partners;
    private final Supplier<Map<String, Path>> surveys;
    private final PushWork work;
    private final RunHistory history;
    private final Alert alert;
    private final Consumer<String> messages;
    private final PushBoard board;
    private final Map<Parcel, Progress> running = new ConcurrentHashMap<>();
    private final ExecutorService runs = Executors.newCachedThreadPool(MirrorSchedule.named("hipsnode-push"));
    private volatile boolean ending;
    private final Thread thread = new Thread(this::decide, "hipsnode-pushes");

    /**
     * Prepares pushes.
     *
     * @param surveys that are served from folders here, by path
     */
    PushSchedule(
            List<PushPartner> partners,
            Supplier<Map<String, Path>> surveys,
            PushWork work,
            RunHistory history,
            Alert alert,
            Consumer<String> messages,
            Clock clock)
            throws IOException {
        this.partners = partners;
        this.surveys = surveys;
        this.work = work;
        this.history = history;
        this.alert = alert;
        this.messages = messages;
        this.board = new PushBoard(
                partners,
                past(history),
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Returns the pushes of the past, the oldest first. */
    static List<PushRun> past(RunHistory history) throws IOException {
        return history.read(RunHistory.PUSHED).stream()
                .flatMap(texts -> PushRun.parse(texts).stream())
                .toList();
    }

    void start() {
        if (!partners.isEmpty()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Learns that another release of a survey is served; returns at once. */
    void published(String path) {
        board.published(path);
    }

    Map<Parcel, PushState> states() {
        return board.states();
    }

    private void decide() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Map<String, Path> here = surveys.get();
                board.served(here.keySet());
                board.over().forEach(this::pause);
                var next = board.take();
                if (next.isPresent()) {
                    begin(next.get(), here.getOrDefault(next.get().path(), Path.of("")));
                } else {
                    board.await(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    private void pause(Parcel parcel) {
        Progress progress = running.get(parcel);
        if (progress != null) {
            progress.cancel();
        }
    }

    private void begin(Parcel parcel, Path folder) {
        Progress progress = new Progress(System::nanoTime);
        running.put(parcel, progress);
        runs.execute(() -> run(parcel, folder, progress));
    }

    private void run(Parcel parcel, Path folder, Progress progress) {
        try {
            PushRun run = work.run(parcel, folder, board.state(parcel).pushed(), progress);
            running.remove(parcel);
            if (ending) {
                return;
            }
            PushState before = board.done(parcel, run);
            boolean asBefore = before.last().filter(run::isLike).isPresent();
            boolean idle =
                    run.result() == PushRun.Result.UNCHANGED && before.failing().isEmpty();
            if (run.result() == PushRun.Result.PUBLISHED || !(asBefore || idle)) {
                keep(run);
            }
            tell(run, before);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    private void keep(PushRun run) {
        messages.accept("push of " + run.survey() + " to " + run.to() + ": "
                + run.result().word() + ": " + run.message());
        try {
            history.add(RunHistory.PUSHED, run.values());
        } catch (IOException e) {
            messages.accept("the history cannot be written: " + e.getMessage());
        }
    }

    /** Tells the operator once when a survey cannot be brought to another node, and when it is there again. */
    private void tell(PushRun run, PushState before) throws InterruptedException {
        boolean wasBad = before.failing().isPresent();
        boolean isBad = run.result().isBad();
        if (isBad == wasBad || !run.result().isAnEnd()) {
            return;
        }
        try {
            alert.tell(
                    run.survey(),
                    isBad ? run.result().word() : "recovered",
                    "push to " + run.to() + ": " + run.message());
        } catch (IOException e) {
            messages.accept("push of " + run.survey() + ": " + e.getMessage());
        }
    }

    /** Stops what is going on, which the next start goes on with. */
    @Override
    public void close() {
        ending = true;
        thread.interrupt();
        running.values().forEach(Progress::cancel);
        runs.shutdownNow();
        try {
            thread.join(MOST_SECONDS_TO_END * 1000);
            if (!runs.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                messages.accept("a push did not stop in time: the next start goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
