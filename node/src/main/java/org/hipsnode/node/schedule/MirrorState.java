package org.hipsnode.node.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a mirror has fared.
 *
 * @param began since when it is looked after
 * @param success when the source was last found to have nothing else
 * @param published when the release that is here was published
 * @param verified when that was, if all of it came then and was verified
 * @param failing since when no run has ended well
 * @param newest release date that the source was last seen to have
 * @param counts of its runs
 */
record MirrorState(
        Instant began,
        Optional<Instant> success,
        Optional<Instant> published,
        Optional<Instant> verified,
        Optional<Instant> failing,
        Optional<String> newest,
        Counts counts) {

    /**
     * What its runs have done since the node was started.
     *
     * @param runs how many ended in which way
     * @param last how long the last one took
     */
    record Counts(Map<Run.Result, Long> runs, long files, long bytes, Optional<Duration> last) {
        static final Counts NONE = new Counts(Map.of(), 0, 0, Optional.empty());

        Counts with(Run run) {
            Map<Run.Result, Long> more = new EnumMap<>(Run.Result.class);
            more.putAll(runs);
            more.merge(run.result(), 1L, Long::sum);
            long moreFiles = run.done().map(d -> d.fetched()).orElse(0L);
            long moreBytes = run.done().map(d -> d.bytes()).orElse(0L);
            return new Counts(
                    Map.copyOf(more),
                    files + moreFiles,
                    bytes + moreBytes,
                    Optional.of(run.span().length()));
        }
    }

    /** Returns the state of a mirror of which nothing is known. */
    static MirrorState unknown(Instant now) {
        return new MirrorState(
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Counts.NONE);
    }

    /** Returns the state after a run of the past, which does not count. */
    MirrorState remembering(Run run) {
        return with(run).with(counts);
    }

    private MirrorState with(Counts other) {
        return new MirrorState(began, success, published, verified, failing, newest, other);
    }

    /** Returns the state after a run. */
    MirrorState with(Run run) {
        Instant end = run.span().end();
        boolean isNew = run.result() == Run.Result.PUBLISHED;
        return new MirrorState(
                began,
                run.result().isGood() ? Optional.of(end) : success,
                isNew ? Optional.of(end) : published,
                isNew ? Optional.of(end).filter(time -> run.verified()) : verified,
                run.result().isGood()
                        ? Optional.empty()
                        : run.result().isBad() ? failing.or(() -> Optional.of(end)) : failing,
                run.releaseDate().or(() -> newest),
                counts.with(run));
    }

    /** Returns since when the copy is stale; empty if it is not. */
    Optional<Instant> stale(Duration after, Instant now) {
        return Optional.of(success.orElse(began).plus(after)).filter(since -> !since.isAfter(now));
    }
}
