package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * When each of some works is due next; whoever has it sees to it that one thread uses it at a time.
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

    /** Says when a work is due, whatever was said before. */
    void set(W work, Instant when) {
        due.put(work, when);
    }

    /** Forgets the works that are not among some. */
    void keepOnly(Collection<W> works) {
        due.keySet().retainAll(works);
    }

    /** Tells whether a work is known. */
    boolean has(W work) {
        return due.containsKey(work);
    }

    /** Returns all works, those first that are due first. */
    List<W> inOrder() {
        return due.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns when a work is due. */
    Instant due(W work) {
        return due.getOrDefault(work, Instant.MAX);
    }

    /** Notes that a work has just been done. */
    void done(W work, Instant now, Duration every) {
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        due.put(work, now.plusMillis((long) (every.toMillis() * factor)));
    }
}
