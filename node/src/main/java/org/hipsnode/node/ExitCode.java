package org.hipsnode.node;

/** How the program ends; documented in its help and in docs/operating.md. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** A wrong command line or configuration. */
    public static final int USAGE = 2;
    /** A check found defects. */
    public static final int DEFECTS = 4;
    /** Another run holds the lock. */
    public static final int LOCKED = 11;
    /** Stopped by Ctrl-C or a signal. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
