package org.hipsnode.serve.http;

import java.util.concurrent.Executor;

/**
 * Runs what looks for a file: at once on the caller's thread while the disk is quick, else on threads that may wait.
 *
 * <p>Where names and pages are in the system's memory, opening a file takes less than handing it to another thread does. Each run
 * is timed wherever it is, so one look that takes long, or some that take longer than usual, move the next ones aside, and
 * quick ones there bring them back.
 */
final class DiskWork implements Executor {
    private static final long QUICK_NANOS = 500_000;
    private static final int WEIGHT = 16;

    private final Executor aside;
    private volatile long average;

    DiskWork(Executor aside) {
        this.aside = aside;
    }

    @Override
    public void execute(Runnable work) {
        if (average < QUICK_NANOS) {
            timed(work);
        } else {
            aside.execute(() -> timed(work));
        }
    }

    /** An update lost between threads does no harm. */
    private void timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        long before = average;
        average = before + (System.nanoTime() - start - before) / WEIGHT;
    }
}
