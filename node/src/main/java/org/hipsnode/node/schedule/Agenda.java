package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.hipsnode.node.config.ScheduledMirror;

/**
 * Decides which mirrors run when: each in its hours, some at once, never two of one server; whoever has it sees to it that one
 * thread uses it at a time.
 */
final class Agenda {
    /** However often somebody tells of something new, a source is not asked more often. */
    static final Duration LEAST_PAUSE = Duration.ofSeconds(10);

    private final Timetable<ScheduledMirror> timetable;
    private final int atOnce;
    private final Map<ScheduledMirror, Instant> running = new HashMap<>();
    private final Map<ScheduledMirror, Instant> ended = new HashMap<>();
    private final Set<ScheduledMirror> news = new HashSet<>();

    /**
     * Begins with mirrors that are all due.
     *
     * @param atOnce how many run
     * @param random gives numbers from 0 to 1
     */
    Agenda(List<ScheduledMirror> mirrors, int atOnce, Instant now, DoubleSupplier random) {
        this.timetable = new Timetable<>(random);
        this.atOnce = atOnce;
        mirrors.forEach(mirror -> timetable.set(mirror, now));
    }

    /** Takes a mirror that may begin now; empty if none may. */
    Optional<ScheduledMirror> take(Instant now) {
        Optional<ScheduledMirror> next = timetable.inOrder().stream()
                .filter(this::hasRoom)
                .filter(mirror -> !beginning(mirror, now).isAfter(now))
                .findFirst();
        next.ifPresent(mirror -> {
            running.put(mirror, now);
            news.remove(mirror);
        });
        return next;
    }

    private boolean hasRoom(ScheduledMirror mirror) {
        return running.size() < atOnce
                && running.keySet().stream().noneMatch(other -> other.host().equals(mirror.host()));
    }

    /** Returns when a mirror may begin that does not run, if there is room. */
    private Instant beginning(ScheduledMirror mirror, Instant now) {
        Instant due = timetable.due(mirror);
        return mirror.times().hours().opening(due.isAfter(now) ? due : now);
    }

    /** Returns when a mirror begins next, as far as is known; now if it is running. */
    Instant next(ScheduledMirror mirror, Instant now) {
        return running.containsKey(mirror) ? now : beginning(mirror, now);
    }

    /** Returns when to look again, unless a run ends before: when a mirror may begin, or the hours of one are over. */
    Optional<Instant> nextLook(Instant now) {
        Optional<Instant> begins = timetable.inOrder().stream()
                .filter(this::hasRoom)
                .map(mirror -> beginning(mirror, now))
                .min(Comparator.naturalOrder());
        Optional<Instant> ends = running.keySet().stream()
                .flatMap(mirror -> mirror.times().hours().closing(now).stream())
                .min(Comparator.naturalOrder());
        return begins.isPresent() && ends.isPresent()
                ? begins.filter(b -> b.isBefore(ends.get())).or(() -> ends)
                : begins.or(() -> ends);
    }

    /** Returns the running mirrors whose hours are over. */
    List<ScheduledMirror> over(Instant now) {
        return running.keySet().stream()
                .filter(mirror -> !mirror.times().hours().isOpen(now))
                .toList();
    }

    boolean isRunning(ScheduledMirror mirror) {
        return running.containsKey(mirror);
    }

    /** Notes that a run has ended; if there were news meanwhile the next one comes soon. */
    void done(ScheduledMirror mirror, Instant now) {
        running.remove(mirror);
        ended.put(mirror, now);
        timetable.done(mirror, now, mirror.times().every());
        if (news.contains(mirror)) {
            hasNews(mirror, now);
        }
    }

    /** Notes that a run was stopped and is to go on as soon as it may. */
    void paused(ScheduledMirror mirror, Instant now) {
        running.remove(mirror);
        ended.put(mirror, now);
        timetable.set(mirror, now);
    }

    /** Notes that the source may have something new; any number of times is as good as once. */
    void hasNews(ScheduledMirror mirror, Instant now) {
        news.add(mirror);
        if (!running.containsKey(mirror)) {
            Instant rested = ended.getOrDefault(mirror, Instant.EPOCH).plus(LEAST_PAUSE);
            Instant soon = rested.isAfter(now) ? rested : now;
            if (soon.isBefore(timetable.due(mirror))) {
                timetable.set(mirror, soon);
            }
        }
    }
}
