package org.hipsnode.mirror.transfer;

/**
 * How many exchanges a server gets at once: more as long as more come through, fewer when it says or shows that it has too
 * many.
 *
 * <p>It looks at windows of time. Up to the first that brought nothing it doubles, later it tries one more from time to time.
 */
final class Concurrency {
    private static final int START = 4;
    private static final double GROWTH = 1.05;
    private static final double SLOWER = 2;

    /** In windows. */
    private static final int REST = 8;

    private static final int REST_WHEN_BUSY = 40;

    private final int most;
    private int limit;
    private boolean fast = true;
    private int rest;
    private double lastRate;
    private double lastLatency = Double.MAX_VALUE;

    Concurrency(int most) {
        this.most = most;
        this.limit = Math.min(START, most);
    }

    int limit() {
        return limit;
    }

    /** Learns that the server is busy: half as many, for a good while. */
    void busy() {
        if (rest < REST_WHEN_BUSY) {
            limit = Math.max(1, limit / 2);
        }
        fast = false;
        rest = REST_WHEN_BUSY + 1;
    }

    /**
     * Learns of a window that has passed.
     *
     * @param rate what came through in it
     * @param latency how long an answer took
     */
    void window(double rate, double latency) {
        if (rest > 0) {
            rest--;
            lastRate = rate;
            lastLatency = Math.min(lastLatency, latency);
        } else if (rate > lastRate * GROWTH) {
            grow(rate, latency);
        } else {
            stay(latency);
        }
    }

    private void grow(double rate, double latency) {
        limit = Math.min(most, fast ? limit * 2 : limit + 1);
        lastRate = rate;
        lastLatency = Math.min(lastLatency, latency);
    }

    private void stay(double latency) {
        fast = false;
        rest = REST;
        if (latency > lastLatency * SLOWER) {
            limit = Math.max(1, limit - 1);
        } else {
            lastRate = 0; // so that one more is tried after the rest
        }
    }
}
