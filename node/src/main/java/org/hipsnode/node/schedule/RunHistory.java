package org.hipsnode.node.schedule;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.node.state.Verification;

/** What a node has done with others, as named values, in its state. */
final class RunHistory {
    static final String MIRRORS = StateStore.MIRROR;
    static final String PUSHES = StateStore.PUSH;
    static final String PUSHED = StateStore.PUSHED;
    static final String AUDITS = StateStore.AUDIT;

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

    /** Adds an audit, which is a verification too. */
    void add(Audit audit) throws IOException {
        add(AUDITS, audit.values());
        Optional<String> content = audit.subject().content();
        if (content.isPresent()) {
            state.verified(new Verification(
                    audit.path(), content.get(), audit.end(), audit.result().isRight(), audit.line()));
        }
    }
}
