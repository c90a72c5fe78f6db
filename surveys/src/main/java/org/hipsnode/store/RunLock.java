package org.hipsnode.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time, by a lock that the operating system drops when the process ends however it ends.
 *
 * <p>The file goes away with the run. So that nobody holds a lock on a file already deleted while another locks a new one,
 * the owner writes a unique text and makes sure to find it under the name.
 */
final class RunLock implements AutoCloseable {
    private static final int TRIES = 10;

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param survey what is locked, for the message
     * @throws LockedException if another run has it
     */
    static RunLock take(Path file, String survey) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            RunLock lock = tryTake(file, survey);
            if (lock != null) {
                return lock;
            }
        }
        throw new LockedException(survey, "it comes and goes");
    }

    private static @Nullable RunLock tryTake(Path file, String survey) throws IOException {
        FileChannel channel;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null; // the run before took its folder away just now
        }
        boolean taken = false;
        try {
            if (!isFree(channel)) {
                throw new LockedException(survey, owner(file));
            }
            String owner = "process " + ProcessHandle.current().pid() + ", run " + UUID.randomUUID();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            taken = owner.equals(owner(file));
            return taken ? new RunLock(file, channel) : null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    private static String owner(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "just ended";
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
