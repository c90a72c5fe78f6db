package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
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

    private final Roster<ScheduledMirror> roster;
    private final Map<ScheduledMirror, Instant> ended = new HashMap<>();
    private final Set<ScheduledMirror> news = new HashSet<>();

    /**
     * Begins with mirrors that are all due.
     *
     * @param atOnce how many run
     * @param random gives numbers from 0 to 1
     */
    Agenda(List<ScheduledMirror> mirrors, int atOnce, Instant now, DoubleSupplier random) {
        this.roster = new Roster<>(
                random, mirror -> mirror.times().hours(), (running, mirror) -> hasRoom(running, mirror, atOnce));
        mirrors.forEach(mirror -> roster.timetable().set(mirror, now));
    }

    private static boolean hasRoom(Set<ScheduledMirror> running, ScheduledMirror mirror, int atOnce) {
        return running.size() < atOnce
                && running.stream().noneMatch(other -> other.host().equals(mirror.host()));
    }

    /** Takes a mirror that may begin now; empty if none may. */
    Optional<ScheduledMirror> take(Instant now) {
        Optional<ScheduledMirror> next = roster.take(now);
        next.ifPresent(news::remove);
        return next;
    }

    /** Returns when a mirror begins next, as far as is known; now if it is running. */
    Instant next(ScheduledMirror mirror, Instant now) {
        return roster.next(mirror, now);
    }

    /** Returns for how many milliseconds there is nothing to do, unless a run ends; not more than some. */
    long millisUntilNext(Instant now, long most) {
        return roster.millisUntilNext(now, most);
    }

    /** Returns the running mirrors whose hours are over. */
    List<ScheduledMirror> over(Instant now) {
        return roster.over(now);
    }

    boolean isRunning(ScheduledMirror mirror) {
        return roster.isRunning(mirror);
    }

    /** Notes that a run has ended; if there were news meanwhile the next one comes soon. */
    void done(ScheduledMirror mirror, Instant now) {
        ended.put(mirror, now);
        roster.done(mirror, now, mirror.times().every());
        if (news.contains(mirror)) {
            hasNews(mirror, now);
        }
    }

    /** Notes that a run was stopped and is to go on as soon as it may. */
    void paused(ScheduledMirror mirror, Instant now) {
        ended.put(mirror, now);
        roster.again(mirror, now);
    }

    /** Notes that the source may have something new; any number of times is as good as once. */
    void hasNews(ScheduledMirror mirror, Instant now) {
        news.add(mirror);
        if (!roster.isRunning(mirror)) {
            Instant rested = ended.getOrDefault(mirror, Instant.EPOCH).plus(LEAST_PAUSE);
            Instant soon = rested.isAfter(now) ? rested : now;
            if (soon.isBefore(roster.timetable().due(mirror))) {
                roster.timetable().set(mirror, soon);
            }
        }
    }
}
