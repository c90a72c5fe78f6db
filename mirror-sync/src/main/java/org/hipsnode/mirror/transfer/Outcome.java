package org.hipsnode.mirror.transfer;

import org.hipsnode.manifest.FileRecord;
import org.hipsnode.mirror.remote.Fault;
import org.hipsnode.mirror.remote.Head;

/** What one request came to. */
sealed interface Outcome {

    /** The file is here. */
    record Whole(FileRecord record, Validators validators) implements Outcome {}

    /** The server said something else. */
    record Said(Head head) implements Outcome {}

    /** There was no whole answer. */
    record Lost(Fault.Kind kind, String reason) implements Outcome {}

    /** What came is not what was wanted. */
    record Wrong(String reason) implements Outcome {}
}
