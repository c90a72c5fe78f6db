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
    private final Timetable<Parcel> timetable;
    private final Map<Place, PushState> past = new HashMap<>();
    private final Map<Parcel, PushState> states = new LinkedHashMap<>();
    private final Set<Parcel> running = new HashSet<>();
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
        this.timetable = new Timetable<>(random);
        for (PushRun run : runs) {
            Place place = new Place(run.survey(), run.to());
            past.put(place, past.getOrDefault(place, PushState.UNKNOWN).remembering(run));
        }
    }

    /** Learns which surveys there are: new ones are due at once, others are forgotten. */
    synchronized void served(Collection<String> paths) {
        Set<Parcel> wanted = new LinkedHashSet<>(running);
        for (PushPartner partner : partners) {
            for (String path : paths) {
                if (partner.wants(path)) {
                    wanted.add(new Parcel(partner, path));
                }
            }
        }
        timetable.keepOnly(wanted);
        states.keySet().retainAll(wanted);
        for (Parcel parcel : wanted) {
            if (!timetable.has(parcel)) {
                timetable.set(parcel, clock.instant());
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
            if (running.contains(parcel)) {
                again.add(parcel);
            } else {
                timetable.set(parcel, now);
            }
        }
        changed.release();
    }

    /** Takes one that may begin now. */
    synchronized Optional<Parcel> take() {
        Instant now = clock.instant();
        Optional<Parcel> next = timetable.inOrder().stream()
                .filter(this::hasRoom)
                .filter(parcel -> !timetable.due(parcel).isAfter(now))
                .findFirst();
        next.ifPresent(running::add);
        return next;
    }

    private boolean hasRoom(Parcel parcel) {
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
        Instant now = clock.instant();
        long next = timetable.inOrder().stream()
                .filter(this::hasRoom)
                .findFirst()
                .map(parcel -> timetable.due(parcel).toEpochMilli() - now.toEpochMilli() + 1)
                .orElse(most);
        return Math.max(1, Math.min(most, next));
    }

    /** Notes how one has ended, and returns how it was before. */
    synchronized PushState done(Parcel parcel, PushRun run) {
        PushState before = state(parcel);
        states.put(parcel, before.with(run));
        running.remove(parcel);
        boolean soon = again.remove(parcel) || run.result() == PushRun.Result.OVERTAKEN;
        if (soon) {
            timetable.set(parcel, clock.instant());
        } else {
            timetable.done(parcel, clock.instant(), parcel.partner().every());
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
