package org.hipsnode.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hipsnode.io.FileLocks;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time, by a lock that the operating system drops when the process ends however it ends.
 *
 * <p>The file goes away with the run. So that nobody holds a lock on a file already deleted while another locks a new one,
 * the owner writes a unique text and makes sure to find it under the name.
 *
 * <p>The operating system knows one owner a process, and drops its lock as soon as the process closes any handle on the file,
 * whichever it took the lock by (POSIX, fcntl). So the runs of this process agree among themselves first, and the one that
 * has the turn keeps every handle open that it ever opens.
 */
final class RunLock implements AutoCloseable {
    private static final int TRIES = 10;
    private static final int MAX_OWNER_BYTES = 200;

    /**
     * The owner of each lock that a run of this process has or is about to take. Shared by the whole process because the
     * locks of the operating system are.
     */
    private static final Map<Path, String> OWNERS_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    /** The same file opened once more by its name: to be closed with the lock and not before. */
    private final FileChannel named;

    private RunLock(Path file, FileChannel channel, FileChannel named) {
        this.file = file;
        this.channel = channel;
        this.named = named;
    }

    /**
     * Takes the lock, making the folder of its file.
     *
     * @param file by its real path, so that it has one name
     * @param survey what is locked, for the message
     * @throws LockedException if another run has it
     */
    static RunLock take(Path file, String survey) throws IOException {
        String owner = "process " + ProcessHandle.current().pid() + ", run " + UUID.randomUUID();
        String ownerHere = OWNERS_HERE.putIfAbsent(file, owner);
        if (ownerHere != null) {
            throw new LockedException(survey, ownerHere);
        }
        boolean taken = false;
        try {
            for (int i = 0; i < TRIES; i++) {
                RunLock lock = tryTake(file, survey, owner);
                if (lock != null) {
                    taken = true;
                    return lock;
                }
            }
            if (!Files.isDirectory(file.resolveSibling("."))) {
                throw new IOException("'" + survey + "': no folder can be made there");
            }
            throw new LockedException(survey, "it comes and goes");
        } finally {
            if (!taken) {
                OWNERS_HERE.remove(file);
            }
        }
    }

    private static @Nullable RunLock tryTake(Path file, String survey, String owner) throws IOException {
        FileChannel channel = tryOpen(file);
        if (channel == null) {
            return null;
        }
        boolean taken = false;
        try {
            if (!FileLocks.tryLock(channel)) {
                throw new LockedException(survey, text(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            FileChannel named = tryOpenNamed(file, owner);
            taken = named != null;
            return named == null ? null : new RunLock(file, channel, named);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Opens the file, or makes it and its folder; null if a run that ends is just taking them away. */
    private static @Nullable FileChannel tryOpen(Path file) throws IOException {
        Path folder = file.resolveSibling(".").normalize();
        try {
            Files.createDirectories(folder);
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileAlreadyExistsException e) {
            if (isInTheWay(folder)) {
                throw e;
            }
            return null;
        }
    }

    /** Tells whether something else stands where a folder should be, by one look: between two the folder may go. */
    private static boolean isInTheWay(Path folder) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return !found.isDirectory() && !Files.isDirectory(folder);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Opens the file that stands under the name now; null if it is not the one with the owner's text. */
    private static @Nullable FileChannel tryOpenNamed(Path file, String owner) throws IOException {
        FileChannel named;
        try {
            named = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean ours = false;
        try {
            ours = owner.equals(text(named));
            return ours ? named : null;
        } finally {
            if (!ours) {
                named.close();
            }
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_OWNER_BYTES);
        channel.read(text, 0);
        return text.position() == 0
                ? "just begun"
                : new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
        } finally {
            try (named;
                    channel) {
                // both, whatever happens
            } finally {
                OWNERS_HERE.remove(file);
            }
        }
    }
}
