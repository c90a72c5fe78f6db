package org.hipsnode.node.schedule;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a survey has fared at a node to which it is pushed.
 *
 * @param success when the release was last found to be there
 * @param failing since when it could not be brought there
 * @param pushed release that was last pushed there from here
 * @param last how the last push ended
 * @param counts since the node was started
 */
record PushState(
        Optional<Instant> success,
        Optional<Instant> failing,
        Optional<String> pushed,
        Optional<PushRun> last,
        Counts counts) {
    static final PushState UNKNOWN =
            new PushState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Counts.NONE);

    /** What was done. */
    record Counts(Map<PushRun.Result, Long> runs, long files, long bytes) {
        static final Counts NONE = new Counts(Map.of(), 0, 0);

        Counts with(PushRun run) {
            Map<PushRun.Result, Long> more = new EnumMap<>(PushRun.Result.class);
            more.putAll(runs);
            more.merge(run.result(), 1L, Long::sum);
            return new Counts(Map.copyOf(more), files + run.files(), bytes + run.bytes());
        }
    }

    /** Returns the state after a push. */
    PushState with(PushRun run) {
        return after(run, counts.with(run));
    }

    /** Returns the state after a push of the past, which does not count. */
    PushState remembering(PushRun run) {
        return after(run, counts);
    }

    private PushState after(PushRun run, Counts counted) {
        Optional<Instant> end = Optional.of(run.end());
        return switch (run.result()) {
            case PUBLISHED -> new PushState(end, Optional.empty(), run.release(), Optional.of(run), counted);
            case UNCHANGED -> new PushState(end, Optional.empty(), pushed, Optional.of(run), counted);
            case LEFT -> new PushState(success, Optional.empty(), pushed, Optional.of(run), counted);
            case OVERTAKEN, PAUSED -> new PushState(success, failing, pushed, last, counted);
            case REFUSED, DEFECTIVE, FAILED ->
                new PushState(success, failing.or(() -> end), pushed, Optional.of(run), counted);
        };
    }
}
