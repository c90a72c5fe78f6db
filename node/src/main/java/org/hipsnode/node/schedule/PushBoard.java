package org.hipsnode.node.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.hipsnode.node.config.PushPartner;

/**
 * What all threads know of pushes by schedule: which are due, and how each has fared.
 *
 * <p>At a time one push goes to each node, and one of each survey.
 */
final class PushBoard {
    private final List<PushPartner> partners;
    private final Clock clock;
    private final Roster<Parcel> roster;
    private final Map<Place, PushState> past = new HashMap<>();
    private final Map<Parcel, PushState> states = new LinkedHashMap<>();
    private final Set<Parcel> again = new HashSet<>();
    private final Semaphore changed = new Semaphore(0);

    /** A survey and the address that it has elsewhere. */
    private record Place(String survey, String to) {}

    /**
     * Begins with what is remembered.
     *
     * @param runs of the past, the oldest first
     * @param random gives numbers from 0 to 1
     */
    PushBoard(List<PushPartner> partners, List<PushRun> runs, Clock clock, DoubleSupplier random) {
        this.partners = partners;
        this.clock = clock;
        this.roster = new Roster<>(random, parcel -> parcel.partner().times().hours(), PushBoard::hasRoom);
        for (PushRun run : runs) {
            Place place = new Place(run.survey(), run.to());
            past.put(place, past.getOrDefault(place, PushState.UNKNOWN).remembering(run));
        }
    }

    /** Learns which surveys there are: new ones are due at once, others are forgotten. */
    synchronized void served(Collection<String> paths) {
        Set<Parcel> wanted = new LinkedHashSet<>(roster.running());
        for (PushPartner partner : partners) {
            for (String path : paths) {
                if (partner.wants(path)) {
                    wanted.add(new Parcel(partner, path));
                }
            }
        }
        roster.timetable().keepOnly(wanted);
        states.keySet().retainAll(wanted);
        for (Parcel parcel : wanted) {
            if (!roster.timetable().has(parcel)) {
                roster.timetable().set(parcel, clock.instant());
                Place place = new Place(parcel.path(), parcel.address().toString());
                states.put(parcel, past.getOrDefault(place, PushState.UNKNOWN));
            }
        }
    }

    /** Learns that another release of a survey is served. */
    synchronized void published(String path) {
        Instant now = clock.instant();
        for (Parcel parcel : states.keySet()) {
            if (!parcel.path().equals(path)) {
                continue;
            }
            if (roster.isRunning(parcel)) {
                again.add(parcel);
            } else {
                roster.timetable().set(parcel, now);
            }
        }
        changed.release();
    }

    /** Takes one that may begin now. */
    synchronized Optional<Parcel> take() {
        return roster.take(clock.instant());
    }

    /** Returns the running pushes whose hours are over. */
    synchronized List<Parcel> over() {
        return roster.over(clock.instant());
    }

    private static boolean hasRoom(Set<Parcel> running, Parcel parcel) {
        return running.stream()
                .noneMatch(other ->
                        other.partner().equals(parcel.partner()) || other.path().equals(parcel.path()));
    }

    /** Waits until one may be due, but not longer than some milliseconds. */
    void await(long most) throws InterruptedException {
        if (changed.tryAcquire(millisUntilNext(most), TimeUnit.MILLISECONDS)) {
            changed.drainPermits();
        }
    }

    private synchronized long millisUntilNext(long most) {
        return roster.millisUntilNext(clock.instant(), most);
    }

    /** Notes how one has ended, and returns how it was before. */
    synchronized PushState done(Parcel parcel, PushRun run) {
        PushState before = state(parcel);
        states.put(parcel, before.with(run));
        boolean soon = again.remove(parcel) || !run.result().isAnEnd();
        if (soon) {
            roster.again(parcel, clock.instant());
        } else {
            roster.done(parcel, clock.instant(), parcel.partner().times().every());
        }
        changed.release();
        return before;
    }

    synchronized PushState state(Parcel parcel) {
        return states.getOrDefault(parcel, PushState.UNKNOWN);
    }

    /** Returns how all have fared. */
    synchronized Map<Parcel, PushState> states() {
        return new LinkedHashMap<>(states);
    }
}
