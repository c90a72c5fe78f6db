package org.hipsnode.node.schedule;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.measure.ServerMetrics.Reading;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.store.FolderStore;

/** The metrics of a node's mirrors. */
final class MirrorMetrics {
    private final Supplier<MirrorBoard> boards;
    private final Supplier<NodeSnapshot> snapshot;

    MirrorMetrics(Supplier<MirrorBoard> boards, Supplier<NodeSnapshot> snapshot) {
        this.boards = boards;
        this.snapshot = snapshot;
    }

    void register(ServerMetrics metrics) {
        metrics.counters("hipsnode_mirror_runs", "Runs of mirrors that have ended, by how", this::runs);
        metrics.counters(
                "hipsnode_mirror_fetched_files",
                "Files fetched for mirrors",
                () -> states((mirror, state) -> some(state.counts().files())));
        metrics.counters(
                "hipsnode_mirror_fetched_bytes",
                "Bytes fetched for mirrors",
                () -> states((mirror, state) -> some(state.counts().bytes())));
        metrics.gauges(
                "hipsnode_mirror_last_run_seconds",
                "How long the last run took",
                () -> states((mirror, state) -> state.counts().last().map(MirrorMetrics::seconds)));
        metrics.gauges(
                "hipsnode_mirror_last_success_timestamp_seconds",
                "When the origin was last found to have nothing else",
                () -> states((mirror, state) -> state.success().map(MirrorMetrics::seconds)));
        metrics.gauges(
                "hipsnode_mirror_last_verified_timestamp_seconds",
                "When the release that is here was published, if all of it came and was verified then",
                () -> states((mirror, state) -> state.verified().map(MirrorMetrics::seconds)));
        metrics.gauges("hipsnode_mirror_release_timestamp_seconds", "Release date of the copy", this::releases);
        metrics.gauges("hipsnode_mirror_bytes", "Size of the copy", this::sizes);
        metrics.gauges("hipsnode_mirror_running", "Whether it is running now", () -> copies(copy -> copy.running()));
        metrics.gauges(
                "hipsnode_mirror_failing",
                "Whether no run has ended well since one failed",
                () -> copies(copy -> copy.times().failing().isPresent()));
        metrics.gauges(
                "hipsnode_mirror_stale",
                "Whether its origin was not reached for too long",
                () -> copies(copy -> copy.health() == KeptCopy.Health.STALE));
    }

    private static Optional<Double> some(long number) {
        return Optional.of((double) number);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static double seconds(Instant time) {
        return (double) time.getEpochSecond();
    }

    private List<Reading> runs() {
        List<Reading> readings = new ArrayList<>();
        Map<String, String> names = names();
        boards.get()
                .states()
                .forEach((mirror, state) -> state.counts()
                        .runs()
                        .forEach((result, count) -> readings.add(new Reading(
                                Map.of("mirror", name(names, mirror.path()), "result", result.word()),
                                (double) count))));
        return readings;
    }

    private List<Reading> states(BiFunction<ScheduledMirror, MirrorState, Optional<Double>> value) {
        List<Reading> readings = new ArrayList<>();
        Map<String, String> names = names();
        boards.get()
                .states()
                .forEach((mirror, state) -> value.apply(mirror, state)
                        .ifPresent(v -> readings.add(new Reading(Map.of("mirror", name(names, mirror.path())), v))));
        return readings;
    }

    /** Tells whether something holds for a copy. */
    @FunctionalInterface
    private interface Question {
        boolean of(KeptCopy copy);
    }

    private List<Reading> copies(Question question) {
        Map<String, String> names = names();
        return boards.get().copies().stream()
                .map(copy -> new Reading(Map.of("mirror", name(names, copy.path())), question.of(copy) ? 1 : 0))
                .toList();
    }

    private List<Reading> releases() {
        return states((mirror, state) -> served(mirror)
                .flatMap(survey -> survey.properties().releaseDate())
                .map(date -> seconds(date.utc().toInstant(ZoneOffset.UTC))));
    }

    private List<Reading> sizes() {
        return states(
                (mirror, state) -> served(mirror).flatMap(MirrorMetrics::root).map(r -> (double) r.totalBytes()));
    }

    private Optional<ServedSurvey> served(ScheduledMirror mirror) {
        return snapshot.get().at(mirror.path());
    }

    private static Optional<ManifestRoot> root(ServedSurvey survey) {
        try {
            return new ManifestReader(new FolderStore(survey.folder())).root();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String name(Map<String, String> names, String path) {
        return names.getOrDefault(path, "");
    }

    private Map<String, String> names() {
        Set<ScheduledMirror> mirrors = boards.get().states().keySet();
        Predicate<String> unseen = path -> mirrors.stream()
                .anyMatch(mirror -> mirror.path().equals(path)
                        && mirror.terms().credential().isPresent());
        return PublicNames.of(mirrors.stream().map(ScheduledMirror::path).toList(), snapshot.get(), unseen);
    }
}
