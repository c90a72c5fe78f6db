package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.SurveyPlanning;
import org.hipsnode.node.state.NodeLock;
import org.hipsnode.node.state.PastRelease;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.node.state.Verification;
import org.hipsnode.store.KeptReleases;
import org.jspecify.annotations.Nullable;

/**
 * How a node is, as named values.
 *
 * @param node whether it runs
 * @param surveys that it makes, copies or serves
 * @param runs the newest first
 */
record NodeStatus(
        Map<String, Object> node, List<Map<String, Object>> surveys, List<Map<String, Object>> runs, boolean isWell) {
    private static final Set<String> GOOD =
            Set.of("published", "unchanged", "left", "paused", "stopped", PastRun.RUNNING, PastRun.KILLED);

    /** Looks at a node, also while it runs. */
    static NodeStatus of(NodeConfig config, int runs) throws IOException {
        Optional<StateStore> state = StateStore.read(config.data());
        if (state.isEmpty()) {
            return new NodeStatus(Map.of("state", "has not run yet"), List.of(), List.of(), true);
        }
        try (StateStore store = state.get()) {
            boolean alive = NodeLock.isHeld(config.data());
            Map<String, Verification> verified = store.lastVerifications();
            Map<String, String> kinds = kinds(config, store);
            List<Map<String, Object>> surveys = new ArrayList<>();
            for (Map.Entry<String, String> one : kinds.entrySet()) {
                surveys.add(survey(config, store, one.getKey(), one.getValue(), alive, verified.get(one.getKey())));
            }
            putPushed(config, store, surveys);
            boolean well = surveys.stream().noneMatch(survey -> survey.containsKey("trouble"));
            return new NodeStatus(
                    node(store, alive),
                    surveys,
                    store.newestRuns(runs).stream().map(NodeStatus::values).toList(),
                    well);
        }
    }

    /** Returns what is done about each survey, by path. */
    private static Map<String, String> kinds(NodeConfig config, StateStore store) throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        store.surveys().forEach(path -> kinds.put(path, "served"));
        store.lastRuns(StateStore.MAKE).forEach(run -> kinds.put(run.survey(), "undeclared"));
        for (ScheduledMirror mirror : config.mirrors().all()) {
            kinds.put(mirror.path(), "mirror");
        }
        for (DeclaredSurvey survey : DeclaredSurvey.of(config)) {
            kinds.put(survey.path(), "made");
        }
        return kinds;
    }

    private static Map<String, Object> node(StateStore store, boolean alive) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        List<PastRun> sessions = store.runs(StateStore.NODE);
        Optional<PastRun> last = sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(sessions.size() - 1));
        boolean killed = last.filter(run -> !run.result().equals("ended")).isPresent();
        values.put("state", alive ? "running" : killed ? PastRun.KILLED : "not running");
        last.flatMap(alive || killed ? PastRun::began : PastRun::ended)
                .ifPresent(time -> values.put("since", time(time)));
        if (alive && sessions.size() > 1) {
            PastRun before = sessions.get(sessions.size() - 2);
            values.put("before", before.result().equals(PastRun.KILLED) ? "killed before" : "ended in order before");
        }
        return values;
    }

    private static Map<String, Object> survey(
            NodeConfig config,
            StateStore store,
            String path,
            String kind,
            boolean alive,
            @Nullable Verification verified)
            throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("path", path);
        values.put("kind", kind);
        String runs =
                kind.equals("mirror") ? StateStore.MIRROR : kind.equals("served") ? StateStore.PUSH : StateStore.MAKE;
        Optional<PastRun> last = store.lastRun(runs, path);
        putLast(values, last, kind, alive);
        Optional<PastRelease> release = store.releases(path, 1).stream().findFirst();
        release.ifPresent(r -> {
            values.put("release_date", r.releaseDate());
            values.put("content", r.content());
            values.put("files", r.files());
            values.put("bytes", r.bytes());
            values.put("seen", "since " + time(r.seen()));
        });
        Optional<String> made =
                store.lastRun(StateStore.MAKE, path, SurveyPlanning.PUBLISHED).flatMap(run -> run.text("content"));
        if (kind.equals("made")
                && release.isPresent()
                && made.isPresent()
                && !made.get().equals(release.get().content())) {
            values.put("rolled_back", "another than was made last");
        }
        if (verified != null) {
            values.put("verified", time(verified.ended()));
            values.put("verdict", verified.message());
            if (!verified.good()) {
                values.put("trouble", true);
            }
        }
        putKept(config, path, values);
        return values;
    }

    private static void putLast(Map<String, Object> values, Optional<PastRun> last, String kind, boolean alive) {
        if (last.isEmpty()) {
            values.put("state", kind.equals("served") ? "served" : "new");
            return;
        }
        PastRun run = last.get();
        boolean dead = run.result().equals(PastRun.RUNNING) && !alive;
        values.put("state", dead ? PastRun.KILLED : run.result());
        run.ended().or(run::began).ifPresent(time -> values.put("when", time(time)));
        values.put("message", run.message());
        if (!kind.equals("undeclared") && !GOOD.contains(run.result())) {
            values.put("trouble", true);
        }
    }

    /** Tells of each survey how the last push to each node ended to which it goes. */
    private static void putPushed(NodeConfig config, StateStore store, List<Map<String, Object>> surveys)
            throws IOException {
        Map<String, Map<String, PastRun>> pushes = new TreeMap<>();
        for (PastRun run : store.runs(StateStore.PUSHED)) {
            boolean declared = config.mirrors().pushes().stream()
                    .filter(partner -> partner.wants(run.survey()))
                    .anyMatch(partner -> partner.at(run.survey())
                            .toString()
                            .equals(run.text("to").orElse("")));
            if (declared) {
                pushes.computeIfAbsent(run.survey(), path -> new TreeMap<>())
                        .put(run.text("to").orElse(""), run);
            }
        }
        for (Map<String, Object> survey : surveys) {
            Map<String, PastRun> last = pushes.getOrDefault(String.valueOf(survey.get("path")), Map.of());
            if (!last.isEmpty()) {
                survey.put(
                        "pushed", last.values().stream().map(NodeStatus::pushed).toList());
            }
            if (last.values().stream().anyMatch(run -> !GOOD.contains(run.result()))) {
                survey.put("trouble", true);
            }
        }
    }

    private static String pushed(PastRun run) {
        return run.result() + ", " + run.ended().map(time -> time(time) + ", ").orElse("") + run.message();
    }

    private static void putKept(NodeConfig config, String path, Map<String, Object> values) throws IOException {
        List<String> kept = new ArrayList<>();
        if (Files.isDirectory(config.data().resolve(path))) {
            for (KeptReleases.Kept one :
                    KeptReleases.of(config.data().resolve(path)).all()) {
                kept.add(one.number() + " of "
                        + new ReleaseFacts(one.folder()).values("").get("release_date"));
            }
        }
        if (!kept.isEmpty()) {
            values.put("kept", kept);
        }
    }

    private static Map<String, Object> values(PastRun run) {
        Map<String, Object> values = new LinkedHashMap<>();
        run.began().ifPresent(time -> values.put("began", time(time)));
        run.ended().ifPresent(time -> values.put("ended", time(time)));
        values.put("kind", run.kind());
        values.put("survey", run.survey());
        values.put("result", run.result());
        values.put("message", run.message());
        return values;
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns all, for programs. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("node", node);
        values.put("surveys", surveys);
        values.put("runs", runs);
        return values;
    }
}
