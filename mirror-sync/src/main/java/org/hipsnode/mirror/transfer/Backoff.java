package org.hipsnode.mirror.transfer;

import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before another try: any time up to a limit that doubles with each failure, so that many clients of a server that
 * comes back do not come back together.
 *
 * @param first limit of the wait after the first failure
 * @param most that the limit grows to
 * @param longestWait that a server may ask for
 */
public record Backoff(Duration first, Duration most, Duration longestWait) {
    private static final int MOST_DOUBLINGS = 30;

    /**
     * Returns the wait.
     *
     * @param failures so far, one at least
     * @param asked what the server asks for; not less than that, within reason
     * @param chance a number of 0 to 1, by which the wait is chosen
     */
    public Duration pause(int failures, Optional<Duration> asked, double chance) {
        double factor = Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
        double limit = Math.min((double) most.toMillis(), first.toMillis() * factor);
        Duration ours = Duration.ofMillis((long) (limit * chance));
        Duration theirs = asked.map(wait -> shorter(wait, longestWait)).orElse(Duration.ZERO);
        // a little of ours on top of theirs, else all who were told the same come at once
        return theirs.isZero() ? ours : theirs.plus(shorter(ours, theirs.dividedBy(10)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
