package org.hipsnode.node.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hipsnode.io.FileLocks;
import org.hipsnode.store.LockedException;

/** Sees to it that one node at a time runs on a data folder, and tells others whether one does. */
public final class NodeLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private NodeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a data folder until it is closed, or the process ends.
     *
     * @throws LockedException if another node has it
     */
    public static NodeLock take(Path data) throws IOException {
        Path folder = StateStore.folder(data);
        Files.createDirectories(folder);
        return new NodeLock(FileLocks.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .orElseThrow(() -> new LockedException(data.toString(), "a node that keeps it")));
    }

    /** Tells whether a node runs on a data folder; not to be asked by the node itself. */
    public static boolean isHeld(Path data) throws IOException {
        Path file = StateStore.folder(data).resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel probe = FileChannel.open(file, StandardOpenOption.READ)) {
            return probe.tryLock(0, Long.MAX_VALUE, true) == null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
