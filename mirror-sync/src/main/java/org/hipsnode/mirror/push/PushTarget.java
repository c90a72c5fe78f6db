package org.hipsnode.mirror.push;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hipsnode.store.SurveyStore;

/**
 * A place to which surveys can be pushed: it says itself what it lacks, and publishes a release whole.
 *
 * <p>Files may be put by many threads; all else is for one.
 */
public interface PushTarget extends Closeable {

    /** Returns the survey as it is there now. */
    SurveyStore there() throws IOException;

    /** Tells whether also a release that is there already is to be looked at. */
    default boolean looksAtAll() {
        return false;
    }

    /** Begins, or goes on where the same release was stopped; false if the release is there already. */
    boolean begin(ReleaseFiles files) throws IOException;

    /** Returns names of what is still to come; empty once nothing is. An empty list means that it must be asked again. */
    Optional<List<String>> wanted() throws IOException;

    /** Sends a file. */
    void put(String name, ReleaseFiles files) throws IOException;

    /** Has the release looked over and published; tells why not if it was not. */
    Optional<String> publish() throws IOException;

    /** Returns what messages call it. */
    @Override
    String toString();
}
