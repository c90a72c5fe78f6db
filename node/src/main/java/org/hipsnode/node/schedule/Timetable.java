package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When each of some works is due next; belongs to one thread.
 *
 * <p>The first time is at once, in the order in which works were added. Then each has its own interval, lengthened or shortened by
 * up to a tenth at random, so that the mirrors of a source do not all come at the same moment.
 */
final class Timetable<W> {
    private static final double JITTER = 0.1;

    private final Map<W, Instant> due = new LinkedHashMap<>();
    private final DoubleSupplier random;

    /**
     * Begins a timetable.
     *
     * @param random gives numbers from 0 to 1
     */
    Timetable(DoubleSupplier random) {
        this.random = random;
    }

    void add(W work, Instant now) {
        due.put(work, now);
    }

    /** Returns the work that is due first; empty if there is none at all. */
    Optional<W> next() {
        return due.entrySet().stream()
                .min(Comparator.comparing(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    /** Returns how long to wait until a work is due; nothing if it is late. */
    Duration untilDue(W work, Instant now) {
        Duration left = Duration.between(now, due.getOrDefault(work, now));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Notes that a work has just been done. */
    void done(W work, Instant now, Duration every) {
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        due.put(work, now.plusMillis((long) (every.toMillis() * factor)));
    }
}
