package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.nio.file.Path;
import org.hipsnode.manifest.FileRecord;

/** Where files land; for many threads. */
public interface Landing {

    /** Returns the file to write, which does not exist, in a folder that does; a half one of a try before is gone. */
    Path place(String name) throws IOException;

    /** Learns that a file is whole and verified. */
    void done(String name, FileRecord record) throws IOException;
}
