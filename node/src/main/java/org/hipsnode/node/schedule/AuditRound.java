package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.hipsnode.io.ReadGate;
import org.hipsnode.io.ReadRate;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.audit.Auditor;
import org.hipsnode.node.audit.SurveyFolders;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;

/** One audit of every survey of a node, now. */
public final class AuditRound {
    /** A survey that becomes another release meanwhile is read anew so often. */
    private static final int TRIES = 3;

    private final NodeConfig config;
    private final AuditWork work;
    private final Auditor auditor;

    /**
     * Prepares a round.
     *
     * @param userAgent by which operators of origins can tell us
     * @param workers threads that read
     */
    public AuditRound(NodeConfig config, String userAgent, int workers) {
        Clock clock = Clock.systemUTC();
        this.config = config;
        this.work = new AuditWork(config, userAgent, workers, clock, new MirrorWork(config, userAgent, workers, clock));
        ReadGate gate = config.mirrors()
                .verifying()
                .rate()
                .map(rate -> (ReadGate) new ReadRate(rate))
                .orElse(ReadGate.OPEN);
        this.auditor = new Auditor(gate, workers, clock);
    }

    /**
     * Audits all surveys, by their paths.
     *
     * @param repairs whether what is damaged is repaired; if not, nothing is written
     * @param each is told of each when it is done
     * @param messages for people
     */
    public List<Audit> run(boolean repairs, Progress progress, Consumer<Audit> each, Consumer<String> messages)
            throws IOException, InterruptedException {
        Optional<StateStore> state = repairs ? open(messages) : Optional.empty();
        try {
            return run(repairs, state, progress, each, messages);
        } finally {
            if (state.isPresent()) {
                state.get().close();
            }
        }
    }

    /** What was found is told although it cannot be noted. */
    private Optional<StateStore> open(Consumer<String> messages) {
        try {
            return Optional.of(StateStore.open(config.data()));
        } catch (IOException e) {
            messages.accept("audits are not noted: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<Audit> run(
            boolean repairs,
            Optional<StateStore> state,
            Progress progress,
            Consumer<Audit> each,
            Consumer<String> messages)
            throws IOException, InterruptedException {
        SortedMap<String, Path> folders = SurveyFolders.beneath(config.data());
        List<Audit> audits = new ArrayList<>();
        for (Map.Entry<String, Path> survey : folders.entrySet()) {
            Auditor.Task task = work.task(survey.getKey(), survey.getValue(), Optional.empty());
            Audit audit = audit(repairs ? task : AuditWork.looking(task), progress);
            audits.add(audit);
            each.accept(audit);
            if (state.isPresent() && audit.result().isKnown()) {
                note(audit, state.get(), messages);
            }
        }
        return audits;
    }

    private static void note(Audit audit, StateStore state, Consumer<String> messages) {
        try {
            new RunHistory(state).add(audit);
        } catch (IOException e) {
            messages.accept("audit of " + audit.path() + " is not noted: " + e.getMessage());
        }
    }

    private Audit audit(Auditor.Task task, Progress progress) throws InterruptedException {
        Audit audit = auditor.audit(task, progress, state -> {});
        for (int i = 1; i < TRIES && audit.result() == Audit.Result.CHANGED; i++) {
            audit = auditor.audit(task, progress, state -> {});
        }
        return audit;
    }
}
