package org.hipsnode.node.show;

import java.io.PrintStream;

/**
 * Where the program writes: results to one stream, everything else to the other.
 *
 * @param interactive whether a person watches the second stream, so that a line may be drawn over
 */
public record Terminal(PrintStream results, PrintStream messages, boolean interactive) {

    /** Returns the streams of this process; the launcher tells whether the second is a terminal, since Java cannot. */
    public static Terminal ofProcess() {
        return new Terminal(System.out, System.err, Boolean.getBoolean("hipsnode.terminal"));
    }
}
