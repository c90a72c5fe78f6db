package org.hipsnode.mirror.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast a server must be, so that none holds a connection for ever: not silent, and after a while not slower than a rate.
 *
 * @param connect until there is a connection, and again until it is encrypted, and until HTTP/2 has begun
 * @param silence for which nothing may come
 * @param grace for which the rate does not count
 * @param leastRate bytes a second
 */
public record Pace(Duration connect, Duration silence, Duration grace, long leastRate) {
    static final long USUAL_LEAST_RATE = 1024;

    /** Returns the usual pace, with this silence; what trickles for twice as long is too slow. */
    public static Pace of(Duration silence) {
        return new Pace(Duration.ofSeconds(10), silence, silence.multipliedBy(2), USUAL_LEAST_RATE);
    }

    /**
     * Tells what is wrong with an exchange, if anything.
     *
     * @param waited nanoseconds since the exchange began in which we were ready to take bytes
     * @param silent nanoseconds since the last byte in which we were
     * @param bytes that came
     */
    Optional<Fault.Kind> judge(long waited, long silent, long bytes) {
        if (silent > silence.toNanos()) {
            return Optional.of(Fault.Kind.SILENT);
        }
        boolean counts = waited > grace.toNanos();
        return counts && bytes < leastRate * (waited / 1e9) ? Optional.of(Fault.Kind.SLOW) : Optional.empty();
    }

    /** Returns how often to look. */
    Duration look() {
        Duration quarter = silence.dividedBy(4);
        return quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter.plusMillis(1) : Duration.ofSeconds(1);
    }

    /** Tells whether a look says anything that came so much later than it should: a thread that could not look could not read either. */
    boolean trusts(long lateNanos) {
        return lateNanos < look().toNanos();
    }
}
