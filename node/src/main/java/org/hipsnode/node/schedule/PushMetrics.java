package org.hipsnode.node.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.measure.ServerMetrics.Reading;
import org.hipsnode.serve.snapshot.NodeSnapshot;

/** The metrics of pushes to other nodes. */
final class PushMetrics {
    private final Supplier<PushSchedule> pushes;
    private final Supplier<NodeSnapshot> snapshot;

    PushMetrics(Supplier<PushSchedule> pushes, Supplier<NodeSnapshot> snapshot) {
        this.pushes = pushes;
        this.snapshot = snapshot;
    }

    void register(ServerMetrics metrics) {
        metrics.counters("hipsnode_pushed_runs", "Pushes to other nodes that have ended, by how", this::runs);
        metrics.counters(
                "hipsnode_pushed_files",
                "Files sent to other nodes",
                () -> states(state -> Optional.of((double) state.counts().files())));
        metrics.counters(
                "hipsnode_pushed_bytes",
                "Bytes sent to other nodes",
                () -> states(state -> Optional.of((double) state.counts().bytes())));
        metrics.gauges(
                "hipsnode_pushed_failing",
                "Whether a release that is here could not be brought to the other node",
                () -> states(state -> Optional.of(state.failing().isPresent() ? 1.0 : 0.0)));
        metrics.gauges(
                "hipsnode_pushed_last_success_timestamp_seconds",
                "When the release that is here was last found at the other node",
                () -> states(
                        state -> state.success().map(Instant::getEpochSecond).map(Long::doubleValue)));
    }

    private List<Reading> states(Function<PushState, Optional<Double>> value) {
        List<Reading> readings = new ArrayList<>();
        Map<Parcel, PushState> states = pushes.get().states();
        Map<String, String> names = names(states);
        states.forEach((parcel, state) ->
                value.apply(state).ifPresent(v -> readings.add(new Reading(labels(parcel, names), v))));
        return readings;
    }

    private List<Reading> runs() {
        List<Reading> readings = new ArrayList<>();
        Map<Parcel, PushState> states = pushes.get().states();
        Map<String, String> names = names(states);
        states.forEach((parcel, state) -> state.counts().runs().forEach((result, count) -> {
            Map<String, String> labels = new HashMap<>(labels(parcel, names));
            labels.put("result", result.word());
            readings.add(new Reading(labels, (double) count));
        }));
        return readings;
    }

    private static Map<String, String> labels(Parcel parcel, Map<String, String> names) {
        return Map.of(
                "survey", names.getOrDefault(parcel.path(), ""),
                "partner", parcel.partner().to().toString());
    }

    private Map<String, String> names(Map<Parcel, PushState> states) {
        return PublicNames.of(states.keySet().stream().map(Parcel::path).toList(), snapshot.get(), path -> true);
    }
}
