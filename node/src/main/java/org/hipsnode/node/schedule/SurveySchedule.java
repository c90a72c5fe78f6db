package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.plan.SurveyPlanning;
import org.hipsnode.node.plan.SurveyStep;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.partner.KeptSurvey;
import org.hipsnode.store.KeptReleases;
import org.hipsnode.store.LockedException;

/**
 * Makes the surveys that a node declares, and makes them anew when their definitions or sources change.
 *
 * <p>Whoever has it calls {@link #look} again and again, on one thread. So many are made at a time as the configuration allows; one that
 * fails does not stop the others, and is tried again when its interval is over or its definition changes.
 */
final class SurveySchedule implements AutoCloseable {
    private static final long MOST_SECONDS_TO_END = 20;

    private final Means means;
    private final StateStore state;
    private volatile Alert alert;
    private final Consumer<String> messages;
    private final Clock clock;
    private final SurveyBoard board;
    private final Map<String, Progress> running = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor makers;
    private final ExecutorService errands = Executors.newSingleThreadExecutor(MirrorSchedule.named("hipsnode-tell"));
    private volatile NodeConfig config;

    /** How a run can end. */
    enum Result {
        PUBLISHED,
        FAILED,
        /** It cannot be made as it is declared. */
        REFUSED,
        /** There is nothing to do any more about one that could not be made. */
        UNCHANGED,
        /** The node ended, or the survey is declared no more. */
        STOPPED;

        boolean isBad() {
            return this == FAILED || this == REFUSED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    SurveySchedule(
            NodeConfig config, Means means, StateStore state, Alert alert, Consumer<String> messages, Clock clock) {
        this.config = config;
        this.means = means;
        this.state = state;
        this.alert = alert;
        this.messages = messages;
        this.clock = clock;
        this.board = new SurveyBoard(clock);
        int atOnce = config.made().atOnce();
        this.makers = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                MirrorSchedule.named("hipsnode-make"));
    }

    /** Takes up another configuration, whose surveys are known to be declared rightly. */
    void take(NodeConfig next) {
        config = next;
        alert = new Alert(next.mirrors().alert());
        int atOnce = next.made().atOnce();
        if (atOnce > makers.getMaximumPoolSize()) {
            makers.setMaximumPoolSize(atOnce);
            makers.setCorePoolSize(atOnce);
        } else {
            makers.setCorePoolSize(atOnce);
            makers.setMaximumPoolSize(atOnce);
        }
    }

    /** Looks what is to be done, and has it done. */
    void look() throws IOException {
        List<DeclaredSurvey> declared = DeclaredSurvey.of(config);
        List<String> known = board.surveys().stream().map(KeptSurvey::path).toList();
        board.declare(declared);
        Map<String, String> stamps = new HashMap<>();
        for (DeclaredSurvey survey : declared) {
            stamps.put(survey.path(), stamp(survey.definition()));
            if (!known.contains(survey.path())) {
                remember(survey.path());
            }
        }
        SurveyPlanning planning = new SurveyPlanning(config.made(), means, Optional.of(state));
        for (DeclaredSurvey survey : board.due(stamps)) {
            decide(survey, planning);
        }
    }

    /** What cannot be looked at keeps no other from being made. */
    private void decide(DeclaredSurvey survey, SurveyPlanning planning) {
        try {
            SurveyStep step = planning.step(survey);
            boolean failedBefore = isFailing(survey);
            boolean isNews = board.decided(step);
            if (step.action() == SurveyStep.Action.MAKE && isNews) {
                makers.execute(() -> make(step));
            } else if (step.action() == SurveyStep.Action.NOTHING) {
                makers.execute(() -> keepReleases(survey));
                if (failedBefore) {
                    errands.execute(() -> end(survey, Ended.of(Result.UNCHANGED, step.why()), true));
                }
            } else if (isNews) {
                errands.execute(() -> refuse(survey, step.why(), failedBefore));
            }
        } catch (IOException | RuntimeException e) {
            messages.accept("survey " + survey.path() + ": left as it is: " + e.getMessage());
        }
    }

    /** What was known when the node was stopped is not noted again. */
    private void refuse(DeclaredSurvey survey, String why, boolean failedBefore) {
        try {
            Optional<PastRun> last = state.lastRun(StateStore.MAKE, survey.path())
                    .filter(run -> run.result().equals(Result.REFUSED.word())
                            && run.message().equals(why));
            if (last.isPresent()) {
                messages.accept("survey " + survey.path() + ": refused: " + why);
                return;
            }
        } catch (IOException e) {
            messages.accept("survey " + survey.path() + ": " + e.getMessage());
        }
        end(survey, Ended.of(Result.REFUSED, why), failedBefore);
    }

    private void remember(String path) throws IOException {
        Optional<PastRun> last = state.lastRun(StateStore.MAKE, path);
        board.remember(
                path,
                state.lastRun(StateStore.MAKE, path, Result.PUBLISHED.word()).flatMap(PastRun::ended),
                last.filter(run -> run.result().equals(Result.FAILED.word())
                                || run.result().equals(Result.REFUSED.word()))
                        .flatMap(PastRun::ended));
    }

    private static String stamp(Path definition) {
        try {
            return Files.size(definition) + " " + Files.getLastModifiedTime(definition) + " "
                    + Files.getAttribute(definition, "fileKey");
        } catch (IOException e) {
            return "none";
        }
    }

    /** More or fewer may be wanted than before. */
    private void keepReleases(DeclaredSurvey survey) {
        try {
            KeptReleases.of(survey.folder()).keep(survey.keep());
        } catch (LockedException e) {
            return; // whoever publishes now is followed by another look
        } catch (IOException e) {
            messages.accept("survey " + survey.path() + ": " + e.getMessage());
        }
    }

    private void make(SurveyStep step) {
        DeclaredSurvey survey = step.survey();
        Progress progress = new Progress(System::nanoTime);
        running.put(survey.path(), progress);
        Result result = Result.FAILED; // whatever happens, the survey is not taken for one that is being made
        boolean failedBefore = isFailing(survey);
        try {
            if (!board.isDeclared(survey)) {
                result = Result.STOPPED;
                return;
            }
            messages.accept("survey " + survey.path() + ": is made: " + step.why());
            Ended ended = run(survey, progress);
            result = ended.result();
            end(survey, ended, failedBefore);
        } finally {
            running.remove(survey.path());
            board.done(survey, result);
        }
    }

    private boolean isFailing(DeclaredSurvey survey) {
        return board.surveys().stream()
                .anyMatch(known ->
                        known.path().equals(survey.path()) && known.failing().isPresent());
    }

    /** How a run ended. */
    private record Ended(OptionalLong run, Result result, String message, Map<String, ?> facts) {
        static Ended of(Result result, String message) {
            return new Ended(OptionalLong.empty(), result, message, Map.of());
        }
    }

    private Ended run(DeclaredSurvey survey, Progress progress) {
        OptionalLong run = begin(survey);
        try {
            SurveyWork.Made made = new SurveyWork(config.made(), means).run(survey, progress);
            return new Ended(run, Result.PUBLISHED, made.message(), made.facts());
        } catch (CancellationException e) {
            return new Ended(run, Result.STOPPED, "it goes on when the node is started again", Map.of());
        } catch (IOException | RuntimeException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            return progress.isCancelled()
                    ? new Ended(run, Result.STOPPED, "it goes on when the node is started again", Map.of())
                    : new Ended(run, Result.FAILED, message, Map.of());
        }
    }

    /** A state that cannot be written keeps no survey from being made. */
    private OptionalLong begin(DeclaredSurvey survey) {
        try {
            return OptionalLong.of(state.begin(StateStore.MAKE, survey.path(), clock.instant()));
        } catch (IOException e) {
            messages.accept("survey " + survey.path() + ": " + e.getMessage());
            return OptionalLong.empty();
        }
    }

    private void note(DeclaredSurvey survey, Ended ended) {
        try {
            Instant now = clock.instant();
            long run = ended.run().isPresent()
                    ? ended.run().getAsLong()
                    : state.begin(StateStore.MAKE, survey.path(), now);
            state.end(run, now, ended.result().word(), ended.message(), ended.facts());
        } catch (IOException e) {
            messages.accept("survey " + survey.path() + ": its run is not noted: " + e.getMessage());
        }
    }

    private void end(DeclaredSurvey survey, Ended ended, boolean failedBefore) {
        boolean failed = ended.result().isBad();
        note(survey, ended);
        messages.accept("survey " + survey.path() + ": " + ended.result().word() + ": " + ended.message());
        if (failed != failedBefore && ended.result() != Result.STOPPED) {
            tell(survey, failed ? ended.result().word() : "recovered", ended.message());
        }
    }

    private void tell(DeclaredSurvey survey, String word, String message) {
        try {
            alert.tell(survey.path(), word, message);
        } catch (IOException e) {
            messages.accept("survey " + survey.path() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    List<KeptSurvey> surveys() {
        return board.surveys();
    }

    long changes() {
        return board.changes();
    }

    /** Stops the runs that are going on, which the next start goes on with. */
    @Override
    public void close() {
        makers.getQueue().clear();
        makers.shutdown();
        errands.shutdown();
        running.values().forEach(Progress::cancel);
        try {
            if (!makers.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)
                    || !errands.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                messages.accept("a survey did not stop in time: the next start goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
