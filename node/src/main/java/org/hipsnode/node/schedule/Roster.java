package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.hipsnode.node.config.Hours;

/** Which of some works run, and which begins next, each in its hours; whoever has it sees to it that one thread uses it at a time. */
final class Roster<W> {
    private final Timetable<W> timetable;
    private final Function<W, Hours> hours;
    private final BiPredicate<Set<W>, W> room;
    private final Set<W> running = new LinkedHashSet<>();

    /**
     * Begins without works.
     *
     * @param random gives numbers from 0 to 1
     * @param hours in which a work may run
     * @param room whether a work may run beside those that run
     */
    Roster(DoubleSupplier random, Function<W, Hours> hours, BiPredicate<Set<W>, W> room) {
        this.timetable = new Timetable<>(random);
        this.hours = hours;
        this.room = room;
    }

    /** Returns when the works are due, whatever their hours. */
    Timetable<W> timetable() {
        return timetable;
    }

    /** Takes a work that may begin now; empty if none may. */
    Optional<W> take(Instant now) {
        Optional<W> next = timetable.inOrder().stream()
                .filter(work -> room.test(running, work))
                .filter(work -> !beginning(work, now).isAfter(now))
                .findFirst();
        next.ifPresent(running::add);
        return next;
    }

    /** Returns when a work may begin that does not run, if there is room. */
    private Instant beginning(W work, Instant now) {
        Instant due = timetable.due(work);
        return hours.apply(work).opening(due.isAfter(now) ? due : now);
    }

    /** Returns when a work begins next, as far as is known; now if it is running. */
    Instant next(W work, Instant now) {
        return running.contains(work) ? now : beginning(work, now);
    }

    /** Returns when to look again, unless a run ends before: when a work may begin, or the hours of one are over. */
    private Optional<Instant> nextLook(Instant now) {
        Optional<Instant> begins = timetable.inOrder().stream()
                .filter(work -> room.test(running, work))
                .map(work -> beginning(work, now))
                .min(Comparator.naturalOrder());
        Optional<Instant> ends = running.stream()
                .flatMap(work -> hours.apply(work).closing(now).stream())
                .min(Comparator.naturalOrder());
        return begins.isPresent() && ends.isPresent()
                ? begins.filter(b -> b.isBefore(ends.get())).or(() -> ends)
                : begins.or(() -> ends);
    }

    /** Returns for how many milliseconds there is nothing to do, unless a run ends; not more than some. */
    long millisUntilNext(Instant now, long most) {
        long next = nextLook(now)
                .map(time -> time.toEpochMilli() - now.toEpochMilli() + 1)
                .orElse(most);
        return Math.max(1, Math.min(most, next));
    }

    /** Returns the running works whose hours are over. */
    List<W> over(Instant now) {
        return running.stream().filter(work -> !hours.apply(work).isOpen(now)).toList();
    }

    Set<W> running() {
        return Set.copyOf(running);
    }

    boolean isRunning(W work) {
        return running.contains(work);
    }

    /** Notes that a run has ended. */
    void done(W work, Instant now, Duration every) {
        running.remove(work);
        timetable.done(work, now, every);
    }

    /** Notes that a run has ended, and that the next is to begin as soon as it may. */
    void again(W work, Instant now) {
        running.remove(work);
        timetable.set(work, now);
    }
}
