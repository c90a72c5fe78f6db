package org.hipsnode.serve.origin;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Spares an origin that cannot answer: after some failures in a row nobody asks it for a while, each time for longer; if it says
 * for how long itself, for so long.
 */
final class Breaker {
    private static final int FAILURES = 3;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Ticker ticker;
    private int failures;
    private long until;
    private boolean closed = true;

    Breaker(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Returns for how long not to ask; zero if it may be asked now. */
    synchronized Duration pause() {
        long left = until - ticker.read();
        return closed || left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    synchronized void succeeded() {
        failures = 0;
        closed = true;
    }

    /**
     * Counts a failure.
     *
     * @param asked for how long the origin asks not to be asked; zero if it does not
     */
    synchronized void failed(Duration asked) {
        failures = Math.min(failures + 1, 30);
        Duration own = failures < FAILURES ? Duration.ZERO : FIRST.multipliedBy(1L << (failures - FAILURES));
        Duration longer = own.compareTo(asked) > 0 ? own : asked;
        if (!longer.isZero()) {
            closed = false;
            until = ticker.read() + (longer.compareTo(LONGEST) > 0 ? LONGEST : longer).toNanos();
        }
    }
}
