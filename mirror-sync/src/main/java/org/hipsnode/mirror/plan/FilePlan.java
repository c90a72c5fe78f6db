package org.hipsnode.mirror.plan;

import java.util.Optional;
import org.hipsnode.manifest.FileRecord;

/**
 * What to do with one file that is no tile.
 *
 * @param said what the source says of it, where it does
 */
public record FilePlan(String name, Action action, Optional<FileRecord> said) {

    /** What is done. */
    public enum Action {
        /** It is not here, or is another there. */
        FETCH,
        /** It is here and may be another there. */
        ASK,
        KEEP,
        /** It is here and not there, or not wanted. */
        DELETE
    }

    /** Decides for a source that tells its files; empty if neither side has it. */
    public static Optional<FilePlan> of(String name, Optional<FileRecord> there, Optional<FileRecord> here) {
        if (there.isEmpty()) {
            return here.map(mine -> new FilePlan(name, Action.DELETE, there));
        }
        return Optional.of(new FilePlan(name, there.equals(here) ? Action.KEEP : Action.FETCH, there));
    }

    /** Decides for a source that can only be asked. */
    public static FilePlan asking(String name, Optional<FileRecord> here) {
        return new FilePlan(name, here.isPresent() ? Action.ASK : Action.FETCH, Optional.empty());
    }

    /** Returns the plan for a file that is damaged here. */
    public FilePlan fetching() {
        return action == Action.DELETE ? this : new FilePlan(name, Action.FETCH, said);
    }

    Amount amount() {
        return new Amount(1, said.map(FileRecord::bytes).orElse(0L));
    }
}
