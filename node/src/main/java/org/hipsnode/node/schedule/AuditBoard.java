package org.hipsnode.node.schedule;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.config.Verifying;
import org.hipsnode.serve.partner.Fixity;

/** What all threads know of a node's audits: what was found, and what is due next. */
final class AuditBoard {
    /** What is damaged may be put right by then, by whoever is told. */
    private static final Duration DAMAGED = Duration.ofDays(1);

    /** What broke off, or another release, is not begun anew at once. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Verifying verifying;
    private final Clock clock;
    private final SortedMap<String, State> states = new TreeMap<>();
    private final Map<String, Instant> later = new HashMap<>();
    private SortedMap<String, Path> folders = new TreeMap<>();
    private Optional<String> running = Optional.empty();
    private long changes;

    /** The last audit of a survey that says something, and when all was last right. */
    private record State(Audit last, Optional<Instant> verified) {}

    /**
     * Begins with what is remembered of earlier audits.
     *
     * @param past the oldest first
     */
    AuditBoard(Verifying verifying, List<Audit> past, Clock clock) {
        this.verifying = verifying;
        this.clock = clock;
        past.forEach(this::add);
    }

    /** A survey, and when it is due. */
    record Due(String path, Path folder, Instant when) {}

    /**
     * Returns the survey that is to be audited next, and takes it if it is due: what was begun first, then what was not verified for
     * the longest time.
     *
     * @param found surveys that are here now
     * @param begun path of the one whose audit did not end
     */
    synchronized Optional<Due> next(SortedMap<String, Path> found, Optional<String> begun) {
        folders = new TreeMap<>(found);
        Instant now = clock.instant();
        List<Due> all = new ArrayList<>();
        found.forEach((path, folder) -> due(path)
                .map(when -> begun.filter(path::equals).isPresent() && !when.isAfter(now) ? Instant.MIN : when)
                .ifPresent(when -> all.add(new Due(path, folder, when))));
        Optional<Due> first = all.stream().min(Comparator.comparing(Due::when).thenComparing(Due::path));
        running = first.filter(due -> !due.when().isAfter(now)).map(Due::path);
        return first;
    }

    /** Returns when a survey is due; empty if it is never verified. */
    private Optional<Instant> due(String path) {
        Optional<Instant> put = Optional.ofNullable(later.get(path));
        return verifying.every(path).map(every -> put.orElseGet(() -> dueAfter(path, every)));
    }

    private Instant dueAfter(String path, Duration every) {
        Optional<Audit> last = Optional.ofNullable(states.get(path)).map(State::last);
        Optional<Instant> regular = last.map(audit -> audit.start().plus(every));
        Optional<Instant> soon = last.filter(audit -> audit.result() == Audit.Result.DAMAGED)
                .map(audit -> audit.end().plus(DAMAGED));
        return regular.map(when -> soon.filter(when::isAfter).orElse(when)).orElse(Instant.EPOCH);
    }

    /** Notes the end of an audit; returns the one before it that said something. */
    synchronized Optional<Audit> done(Audit audit) {
        running = Optional.empty();
        Optional<Audit> before = Optional.ofNullable(states.get(audit.path())).map(State::last);
        if (audit.result().isKnown()) {
            later.remove(audit.path());
            add(audit);
        } else {
            later.put(audit.path(), clock.instant().plus(PAUSE));
        }
        return before;
    }

    private void add(Audit audit) {
        Optional<Instant> before = Optional.ofNullable(states.get(audit.path())).flatMap(State::verified);
        Optional<Instant> verified = audit.result().isRight() ? Optional.of(audit.end()) : before;
        states.put(audit.path(), new State(audit, verified));
        changes++;
    }

    synchronized long changes() {
        return changes;
    }

    synchronized Optional<String> running() {
        return running;
    }

    /** Returns what is known of surveys that are here, as far as was looked, sorted by path. */
    synchronized List<Fixity> audits() {
        return states.values().stream()
                .filter(state ->
                        folders.isEmpty() || folders.containsKey(state.last().path()))
                .map(this::fixity)
                .toList();
    }

    private Fixity fixity(State state) {
        Audit last = state.last();
        return new Fixity(
                last.path(),
                state.verified(),
                last.end(),
                Fixity.Result.valueOf(last.result().name()),
                last.counts(),
                running.filter(last.path()::equals).isPresent() ? Optional.empty() : due(last.path()));
    }
}
