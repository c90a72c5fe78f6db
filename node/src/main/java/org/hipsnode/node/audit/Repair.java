package org.hipsnode.node.audit;

import java.io.IOException;
import java.util.Set;
import org.hipsnode.progress.Progress;

/** Puts a survey right. */
@FunctionalInterface
public interface Repair {

    /**
     * What came of it.
     *
     * @param files how many are right again of those that were not
     * @param message what was done, or why it could not be
     */
    record Outcome(long files, String message) {}

    /**
     * Fetches what is bad, and nothing else.
     *
     * @param bad names of files that are damaged or missing
     * @param added names of files that do not belong to the survey
     * @throws org.hipsnode.store.LockedException if another run has the survey
     */
    Outcome run(Set<String> bad, Set<String> added, Progress progress) throws IOException, InterruptedException;
}
