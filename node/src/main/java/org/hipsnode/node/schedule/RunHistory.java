package org.hipsnode.node.schedule;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;

/** What a node has done with others, as named values, in its state. */
final class RunHistory {
    static final String MIRRORS = StateStore.MIRROR;
    static final String PUSHES = StateStore.PUSH;

    private final StateStore state;

    RunHistory(StateStore state) {
        this.state = state;
    }

    /** Adds a run of a kind; its survey is the value {@code mirror}, or {@code survey}. */
    void add(String kind, Map<String, ?> values) throws IOException {
        Object survey = values.containsKey("mirror") ? values.get("mirror") : values.get("survey");
        state.add(kind, String.valueOf(survey), values);
    }

    /** Returns the texts of all runs of a kind, the oldest first. */
    List<Map<String, String>> read(String kind) throws IOException {
        return state.runs(kind).stream().map(PastRun::texts).toList();
    }
}
