package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.nio.file.Path;
import org.hipsnode.manifest.FileRecord;

/** Where files land; for many threads. */
public interface Landing {

    /** Returns the file to write, in a folder that exists; one that is there is replaced, never written into. */
    Path place(String name) throws IOException;

    /** Learns that a file is whole and verified. */
    void done(String name, FileRecord record) throws IOException;
}
