package org.hipsnode.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tasks done by several workers, their results taken in the sequence in which the tasks were given, so that nothing depends
 * on who was faster.
 *
 * <p>One thread gives tasks and is the one that takes results. It has to wait when too many are under way, so that any number
 * of tasks needs little memory.
 */
public final class OrderedWork<T> implements AutoCloseable {
    private static final int TASKS_AHEAD = 64;

    private final ExecutorService pool;
    private final int limit;
    private final ResultSink<T> results;
    private final Queue<Future<T>> underWay = new ArrayDeque<>();

    /** Takes results, one after the other. */
    @FunctionalInterface
    public interface ResultSink<T> {
        void accept(T result) throws IOException;
    }

    public OrderedWork(int workers, ResultSink<T> results) {
        this.pool = Executors.newFixedThreadPool(workers);
        this.limit = workers * TASKS_AHEAD;
        this.results = results;
    }

    /** Gives a task; the first failure of an earlier one is thrown from here or from {@link #finish}. */
    public void give(Callable<T> task) throws IOException {
        underWay.add(pool.submit(task));
        if (underWay.size() > limit) {
            takeResult();
        }
    }

    /** Waits for all tasks. */
    public void finish() throws IOException {
        while (!underWay.isEmpty()) {
            takeResult();
        }
    }

    private void takeResult() throws IOException {
        try {
            results.accept(underWay.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a worker", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Returns what a worker threw, or throws it where it need not be declared. */
    private static IOException failure(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof IOException io ? io : new IOException(e);
    }

    /** Drops the tasks that are not done, and waits for the workers to stop. */
    @Override
    public void close() {
        Workers.stop(pool);
    }
}
