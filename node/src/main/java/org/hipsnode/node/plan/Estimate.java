package org.hipsnode.node.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How much there is to do for a survey, about.
 *
 * @param fetch addresses of files that must be fetched first; then the rest cannot be told yet
 * @param fetchBytes of those whose size is known
 * @param bytes of the survey; less what is kept of the release before
 * @param seconds at the pace of earlier runs, or that of a usual machine
 * @param facts all else that is known, as {@code generate --dry-run} tells it
 */
public record Estimate(
        List<String> fetch, long fetchBytes, OptionalLong bytes, OptionalDouble seconds, Map<String, Object> facts) {
    /** Bytes a second on two processors: see docs/benchmarks. */
    private static final double USUAL_PACE = 60e6;

    public Estimate {
        fetch = List.copyOf(fetch);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    static Estimate ofFetching(List<String> addresses, long bytes) {
        return new Estimate(addresses, bytes, OptionalLong.empty(), OptionalDouble.empty(), Map.of());
    }

    static Estimate ofMaking(long bytes, Optional<Double> pace, Map<String, Object> facts) {
        return new Estimate(
                List.of(), 0, OptionalLong.of(bytes), OptionalDouble.of(bytes / pace.orElse(USUAL_PACE)), facts);
    }
}
