package org.hipsnode.node.command;

/** How the program ends; documented in its help and in docs/operating.md. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** A wrong command line or configuration. */
    static final int USAGE = 2;
    /** Finished, but items are missing. */
    static final int MISSING = 3;

    /** A check found defects. */
    static final int DEFECTS = 4;
    /** Another run holds the lock. */
    static final int LOCKED = 11;
    /** Stopped by Ctrl-C or a signal. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
