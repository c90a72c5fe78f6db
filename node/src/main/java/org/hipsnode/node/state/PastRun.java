package org.hipsnode.node.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run of the past, or one that is going on.
 *
 * @param kind what was done: see {@link StateStore}
 * @param survey path of the survey in the node
 * @param result a word; {@link #RUNNING} while it is going on
 * @param texts whatever else was noted, by name
 */
public record PastRun(
        long id,
        String kind,
        String survey,
        Optional<Instant> began,
        Optional<Instant> ended,
        String result,
        String message,
        Map<String, String> texts) {
    /** The result of a run that has none yet. */
    public static final String RUNNING = "running";

    /** The result of a run of which nobody told the end. */
    public static final String KILLED = "killed";

    public PastRun {
        texts = Map.copyOf(texts);
    }

    /** Returns what was noted under a name. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Returns how long it took; empty if that is not known. */
    public Optional<Duration> length() {
        return began.flatMap(from -> ended.map(until -> Duration.between(from, until)));
    }
}
