package org.hipsnode.node.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.hipsnode.node.config.Mirrors;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.partner.Notice;

/** What all threads know of a node's mirrors: which are to run, and how each has fared. */
final class MirrorBoard {
    private final List<ScheduledMirror> mirrors;
    private final Clock clock;
    private final Agenda agenda;
    private final Map<ScheduledMirror, MirrorState> states = new LinkedHashMap<>();
    private final Map<ScheduledMirror, KeptCopy.Health> told = new HashMap<>();
    private final Map<ScheduledMirror, Run> last = new HashMap<>();
    private final Semaphore changed = new Semaphore(0);
    private long changes;

    /**
     * Begins with what is remembered of earlier runs.
     *
     * @param past the oldest first
     */
    MirrorBoard(Mirrors mirrors, List<Run> past, Clock clock) {
        this.mirrors = mirrors.all();
        this.clock = clock;
        Instant now = clock.instant();
        this.agenda = new Agenda(
                this.mirrors,
                mirrors.limits().atOnce(),
                now,
                () -> ThreadLocalRandom.current().nextDouble());
        for (ScheduledMirror mirror : this.mirrors) {
            MirrorState state = MirrorState.unknown(now);
            for (Run run : past) {
                boolean mine = run.mirror().equals(mirror.path())
                        && run.from().equals(mirror.from().toString());
                state = mine ? state.remembering(run) : state;
            }
            states.put(mirror, state);
            told.put(mirror, health(mirror, state, now));
        }
    }

    /** Takes a mirror that is to run now; empty if none is. */
    synchronized Optional<ScheduledMirror> take() {
        return agenda.take(clock.instant());
    }

    /** Returns the running mirrors whose hours are over. */
    synchronized List<ScheduledMirror> over() {
        return agenda.over(clock.instant());
    }

    /** Waits until there may be something to do, but not longer than some milliseconds. */
    void await(long most) throws InterruptedException {
        if (changed.tryAcquire(millisUntilNext(most), TimeUnit.MILLISECONDS)) {
            changed.drainPermits();
        }
    }

    private synchronized long millisUntilNext(long most) {
        return agenda.millisUntilNext(clock.instant(), most);
    }

    /** Notes the end of a run. */
    synchronized void done(ScheduledMirror mirror, Run run) {
        Instant now = clock.instant();
        states.put(mirror, state(mirror).with(run));
        last.put(mirror, run);
        if (run.result() == Run.Result.PAUSED) {
            agenda.paused(mirror, now);
        } else {
            agenda.done(mirror, now);
        }
        changed.release();
    }

    /**
     * A mirror whose health is another, and the one that it was before.
     *
     * @param last how its last run ended, if one has
     */
    record Turn(ScheduledMirror mirror, KeptCopy.Health before, KeptCopy.Health now, Optional<Run> last) {
        /** Returns what the operator is told: how a run failed, that the copy is stale, or that it is well again. */
        String word() {
            return switch (now) {
                case STALE -> "stale";
                case FAILING -> last.map(run -> run.result().word()).orElse(now.word());
                default -> "recovered";
            };
        }

        String message() {
            return last.map(Run::message).orElse("no run has ended yet");
        }
    }

    /** Returns the mirrors whose health has become another since the last call. */
    synchronized List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        for (ScheduledMirror mirror : mirrors) {
            KeptCopy.Health health = health(mirror, state(mirror), clock.instant());
            KeptCopy.Health before = told.getOrDefault(mirror, health);
            if (health != before) {
                told.put(mirror, health);
                turns.add(new Turn(mirror, before, health, Optional.ofNullable(last.get(mirror))));
                changes++;
            }
        }
        return turns;
    }

    synchronized long changes() {
        return changes;
    }

    private MirrorState state(ScheduledMirror mirror) {
        return states.getOrDefault(mirror, MirrorState.unknown(clock.instant()));
    }

    private static KeptCopy.Health health(ScheduledMirror mirror, MirrorState state, Instant now) {
        if (state.stale(mirror.times().staleAfter(), now).isPresent()) {
            return KeptCopy.Health.STALE;
        }
        if (state.failing().isPresent()) {
            return KeptCopy.Health.FAILING;
        }
        return state.success().isPresent() ? KeptCopy.Health.OK : KeptCopy.Health.NEW;
    }

    /** Lets the mirrors run soon of which a partner may tell, and to which its notice applies; tells whether there are any. */
    synchronized boolean hasNews(String partner, Notice notice) {
        Set<ScheduledMirror> meant = new HashSet<>();
        for (ScheduledMirror mirror : mirrors) {
            boolean may = mirror.terms().notifiedBy().filter(partner::equals).isPresent();
            if (may && isOf(mirror, notice)) {
                meant.add(mirror);
            }
        }
        meant.forEach(mirror -> agenda.hasNews(mirror, clock.instant()));
        changed.release();
        return !meant.isEmpty();
    }

    /** The origin's address ends with the path that the survey has there. */
    private static boolean isOf(ScheduledMirror mirror, Notice notice) {
        return ("/" + mirror.from().uri().getPath().replaceFirst("/+$", "")).endsWith("/" + notice.path());
    }

    /** Returns the state of all mirrors, sorted by path. */
    synchronized List<KeptCopy> copies() {
        return mirrors.stream()
                .map(this::copy)
                .sorted(Comparator.comparing(KeptCopy::path))
                .toList();
    }

    private KeptCopy copy(ScheduledMirror mirror) {
        Instant now = clock.instant();
        MirrorState state = state(mirror);
        boolean running = agenda.isRunning(mirror);
        Optional<Instant> next = running ? Optional.empty() : Optional.of(agenda.next(mirror, now));
        // what was here once may have been private
        boolean secret =
                mirror.terms().credential().isPresent() || state.success().isPresent();
        return new KeptCopy(
                mirror.path(),
                mirror.from().toString(),
                health(mirror, state, now),
                new KeptCopy.Times(state.success(), state.published(), state.verified(), state.failing(), next),
                state.newest(),
                running,
                secret);
    }

    /** Returns what the runs of each mirror have done. */
    synchronized Map<ScheduledMirror, MirrorState> states() {
        return new LinkedHashMap<>(states);
    }
}
