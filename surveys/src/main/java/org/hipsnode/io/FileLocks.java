package org.hipsnode.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;

/** Locks by which processes agree; the operating system drops them when a process ends, however it ends. */
public final class FileLocks {
    private FileLocks() {}

    /**
     * Opens a file and locks it; empty if it is locked already, be it by this process. Closing the channel gives the lock back.
     *
     * @throws IOException if the file cannot be opened so
     */
    public static Optional<FileChannel> open(Path file, OpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(file, options);
        boolean locked = false;
        try {
            locked = tryLock(channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }

    /** Locks an open file; false if it is locked already, be it by this process. */
    public static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it
        }
    }
}
