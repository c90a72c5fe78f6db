package org.hipsnode.work;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of a pool of workers. */
public final class Workers {
    private static final int PATIENCE_SECONDS = 60;

    private Workers() {}

    /** Stops workers and waits until the last has laid down what it had in hand, so that nobody writes into what is being cleared away. */
    public static void stop(ExecutorService pool) {
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a worker has not stopped in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
