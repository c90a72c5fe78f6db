package org.hipsnode.io;

import java.io.IOException;

/** Is passed before each piece of a file is read; for many threads. */
@FunctionalInterface
public interface ReadGate {
    /** Lets everything pass. */
    ReadGate OPEN = bytes -> {};

    /** Returns when so many bytes may be read. */
    void pass(long bytes) throws IOException;
}
