package org.hipsnode.serve.origin;

import java.nio.file.Path;

/** What became of a wish for a file of a remote survey. */
public sealed interface Provision {

    /** It is here: in this folder, under its name. */
    record InFolder(Path folder) implements Provision {}

    /** The survey has no such file. */
    record Absent() implements Provision {}

    /** It cannot be had now. */
    record Unavailable(int status, String reason, int retrySeconds) implements Provision {}
}
