package org.hipsnode.mirror.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What workers bring back, taken some at a time: a thread that was woken for each would cost as much as writing a small file. */
final class Results<T> {
    private List<T> results = new ArrayList<>();
    private int enough = 1;

    synchronized void add(T result) {
        results.add(result);
        if (results.size() >= enough) {
            notifyAll();
        }
    }

    /**
     * Returns what has come, in the sequence in which it came.
     *
     * @param atLeast to wait for so many
     * @param millis not longer, whatever has come
     */
    synchronized List<T> take(int atLeast, long millis) throws InterruptedException {
        enough = atLeast;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && results.size() < enough; left = millisUntil(end)) {
            wait(left);
        }
        List<T> taken = results;
        results = new ArrayList<>();
        return taken;
    }

    private static long millisUntil(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
}
