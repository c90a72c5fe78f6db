package org.hipsnode.serve.http;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.snapshot.SurveyWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that may wait for disks: they open files, look for releases, and learn what new releases hold. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long KNOWN_MILLIS = 500;
    private static final long ALL_MILLIS = 5_000;
    private static final long TICK_MILLIS = 1_000;
    private static final int WORKERS = 16;
    private static final int END_SECONDS = 10;

    private final SurveyWatch watch;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("hipsnode-file"));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(named("hipsnode-watch"));
    private final ExecutorService learning = Executors.newSingleThreadExecutor(named("hipsnode-learn"));

    Upkeep(SurveyWatch watch) {
        this.watch = watch;
        workers.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Returns the threads that open files. Their queue is as long as there are connections at most. */
    Executor workers() {
        return workers;
    }

    /** Looks for the surveys, and goes on doing so. */
    void begin(FileShelf shelf) throws IOException {
        learn(watch.look(), shelf);
        repeat(() -> lookAtKnown(shelf), KNOWN_MILLIS);
        repeat(() -> look(shelf), ALL_MILLIS);
        repeat(shelf::tick, TICK_MILLIS);
    }

    /** What fails once is tried again: the next look may find better. */
    private void repeat(Runnable work, long millis) {
        Runnable careful = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("upkeep failed", e);
            }
        };
        var unused = clock.scheduleWithFixedDelay(careful, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void lookAtKnown(FileShelf shelf) {
        learn(watch.lookAtKnown(), shelf);
    }

    private void look(FileShelf shelf) {
        try {
            learn(watch.look(), shelf);
        } catch (IOException e) {
            LOG.warn("the surveys cannot be looked through: reason={}", e.toString());
        }
    }

    private void learn(List<Release> releases, FileShelf shelf) {
        if (!releases.isEmpty()) {
            shelf.forgetReplaced();
        }
        for (Release release : releases) {
            learning.execute(() -> learn(release, shelf));
        }
    }

    private void learn(Release release, FileShelf shelf) {
        try {
            NodeSnapshot now = watch.snapshot();
            for (ServedSurvey survey : now.listed()) {
                if (survey.release().filter(r -> r == release).isPresent()) {
                    WarmUp.of(survey, release, shelf);
                }
            }
            release.learnPresence();
        } catch (IOException e) {
            LOG.warn("a survey cannot be looked through: survey={} reason={}", release, e.toString());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        learning.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a file is still being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.close();
    }
}
