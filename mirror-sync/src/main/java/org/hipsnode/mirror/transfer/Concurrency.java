package org.hipsnode.mirror.transfer;

/**
 * How many exchanges a server gets at once: more as long as more come through, fewer when it says or shows that it has too
 * many.
 *
 * <p>It looks at windows of time. Up to the first that brought nothing it doubles, later it tries one more after each rest, and
 * goes back if that brought nothing.
 */
final class Concurrency {
    private static final int START = 4;
    private static final double GROWTH_BY_DOUBLING = 1.05;

    /** Of what one more would bring if the server had all the time in the world. */
    private static final double SHARE = 0.5;

    private static final double SLOWER = 2;

    /** What was quick once is not for ever: else a server that became slower for good would end with one exchange. */
    private static final double FORGETTING = 1.25;

    /** In windows. */
    private static final int REST = 8;

    private static final int REST_WHEN_BUSY = 40;

    private final int most;
    private int limit;
    private int before;
    private boolean doubling = true;
    private boolean trying = true;
    private int rest;
    private double usualRate;
    private double least = Double.MAX_VALUE;

    Concurrency(int most) {
        this.most = most;
        this.limit = Math.min(START, most);
        this.before = limit;
    }

    int limit() {
        return limit;
    }

    /** Learns that the server is busy: half as many, for a good while. */
    void busy() {
        if (rest < REST_WHEN_BUSY) {
            limit = Math.max(1, limit / 2);
        }
        doubling = false;
        trying = false;
        rest = REST_WHEN_BUSY + 1;
    }

    /**
     * Learns of a window that has passed.
     *
     * @param rate what came through in it
     * @param latency how long an answer took
     */
    void window(double rate, double latency) {
        least = Math.min(least, latency);
        if (rest > 0) {
            rest--;
            usualRate = rate;
        } else if (trying) {
            judge(rate, isSlow(latency));
        } else if (isSlow(latency)) {
            doubling = false;
            limit = Math.max(1, limit - 1);
            least *= FORGETTING;
            rest = REST;
        } else {
            tryMore(rate);
        }
    }

    private boolean isSlow(double latency) {
        return latency > least * SLOWER;
    }

    private void judge(double rate, boolean slow) {
        if (rate > usualRate * (doubling ? GROWTH_BY_DOUBLING : 1 + SHARE / limit)) {
            tryMore(rate);
            return;
        }
        if (!doubling || slow) {
            limit = before;
        }
        doubling = false;
        trying = false;
        rest = REST;
    }

    private void tryMore(double rate) {
        usualRate = rate;
        before = limit;
        limit = Math.min(most, doubling ? limit * 2 : limit + 1);
        trying = limit > before;
    }
}
