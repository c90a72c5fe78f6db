package org.hipsnode.mirror.transfer;

import org.hipsnode.manifest.FileRecord;

/** What became of a file that was wanted. */
public sealed interface Arrival {
    /** Returns the file's name within the survey. */
    String name();

    /**
     * It is here, whole and verified.
     *
     * @param record size and digest, both found by us
     */
    record Stored(String name, FileRecord record, Validators validators) implements Arrival {}

    /** The source still has the version that is known. */
    record Unchanged(String name) implements Arrival {}

    /** The source says that it has none. */
    record Missing(String name) implements Arrival {}

    /** It was given up. */
    record Failed(String name, String reason) implements Arrival {}
}
