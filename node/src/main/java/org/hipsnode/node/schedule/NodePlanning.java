package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.node.audit.SurveyFolders;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.plan.NodePlan;
import org.hipsnode.node.plan.SurveyPlanning;
import org.hipsnode.node.plan.SurveyStep;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.KeptReleases;

/** Looks what a node would do, by the same decisions by which it does it. */
public final class NodePlanning {
    private final NodeConfig config;
    private final Means means;
    private final Optional<StateStore> state;

    private NodePlanning(NodeConfig config, Means means, Optional<StateStore> state) {
        this.config = config;
        this.means = means;
        this.state = state;
    }

    /** Returns what a node would do now; nothing is written. Far servers are asked about surveys that are mirrored. */
    public static NodePlan plan(NodeConfig config, Means means, Progress progress) throws IOException {
        Optional<StateStore> state = StateStore.read(config.data());
        try {
            return new NodePlanning(config, means, state).plan(progress);
        } finally {
            if (state.isPresent()) {
                state.get().close();
            }
        }
    }

    private NodePlan plan(Progress progress) throws IOException {
        List<DeclaredSurvey> declared = DeclaredSurvey.of(config);
        SurveyPlanning planning = new SurveyPlanning(config.made(), means, state);
        List<NodePlan.Survey> surveys = new ArrayList<>();
        List<NodePlan.Removal> removals = new ArrayList<>();
        for (DeclaredSurvey survey : declared) {
            NodePlan.Survey planned = survey(planning, survey, progress);
            surveys.add(planned);
            boolean renewed = planned.step().action() == SurveyStep.Action.MAKE;
            removals.addAll(removals(survey.path(), survey.folder(), survey.keep(), renewed));
        }
        MirrorWork mirroring = new MirrorWork(config, means.userAgent(), means.workers(), Clock.systemUTC());
        List<NodePlan.Copy> copies = new ArrayList<>();
        for (ScheduledMirror mirror : config.mirrors().all()) {
            NodePlan.Copy copy = mirroring.plan(mirror);
            copies.add(copy);
            if (mirror.keep().isPresent()) {
                boolean renewed = copy.work().filter(work -> !work.isNothing()).isPresent();
                removals.addAll(
                        removals(mirror.path(), mirror.folder(), mirror.keep().getAsInt(), renewed));
            }
        }
        return new NodePlan(
                surveys,
                copies,
                pushes(),
                removals,
                config.mirrors().partners().stream()
                        .map(partner -> partner.to().toString())
                        .toList(),
                undeclared(declared));
    }

    /** What is not here yet goes once it is. */
    private List<NodePlan.Delivery> pushes() throws IOException {
        List<NodePlan.Delivery> found = new ArrayList<>();
        if (config.mirrors().pushes().isEmpty() || !Files.isDirectory(config.data())) {
            return found;
        }
        PushWork pushing = MirrorSchedule.pushing(config, means, Clock.systemUTC());
        PushBoard board = new PushBoard(config.mirrors().pushes(), past(), Clock.systemUTC(), () -> 0);
        Map<String, Path> here = SurveyFolders.beneath(config.data());
        board.served(here.keySet());
        for (Map.Entry<Parcel, PushState> one : board.states().entrySet()) {
            Path folder = here.getOrDefault(one.getKey().path(), Path.of(""));
            found.add(pushing.plan(one.getKey(), folder, one.getValue().pushed()));
        }
        return found;
    }

    private List<PushRun> past() throws IOException {
        return state.isPresent() ? PushSchedule.past(new RunHistory(state.get())) : List.of();
    }

    private static NodePlan.Survey survey(SurveyPlanning planning, DeclaredSurvey survey, Progress progress)
            throws IOException {
        SurveyStep step = planning.step(survey);
        if (step.action() != SurveyStep.Action.MAKE) {
            return new NodePlan.Survey(step, Optional.empty());
        }
        try {
            return new NodePlan.Survey(step, Optional.of(planning.estimate(survey, progress)));
        } catch (IOException e) {
            return new NodePlan.Survey(step.refused(String.valueOf(e.getMessage())), Optional.empty());
        }
    }

    private static List<NodePlan.Removal> removals(String path, Path folder, int keep, boolean renewed)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        int stay = renewed ? Math.max(0, keep - 1) : keep;
        String why = keep + " earlier releases are kept" + (renewed ? ", and the one that is served becomes one" : "");
        List<NodePlan.Removal> found = new ArrayList<>();
        for (KeptReleases.Kept kept : KeptReleases.of(folder).beyond(stay)) {
            found.add(new NodePlan.Removal(path, kept.number(), why));
        }
        return found;
    }

    private List<String> undeclared(List<DeclaredSurvey> declared) throws IOException {
        List<String> paths = new ArrayList<>();
        for (PastRun run : state.isPresent() ? state.get().lastRuns(StateStore.MAKE) : List.<PastRun>of()) {
            boolean known = declared.stream().anyMatch(survey -> survey.path().equals(run.survey()))
                    || config.mirrors().all().stream()
                            .anyMatch(mirror -> mirror.path().equals(run.survey()));
            if (!known && Files.isDirectory(config.data().resolve(run.survey()))) {
                paths.add(run.survey());
            }
        }
        return paths;
    }
}
