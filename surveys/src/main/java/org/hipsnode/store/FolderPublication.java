package org.hipsnode.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.DurableFolder;

/**
 * A release of a survey in the making: written beside the survey's folder, out of every reader's sight, and put in its
 * place whole.
 *
 * <p>For a survey in {@code DIR/name} all happens in {@code DIR/.name.hipsnode}: {@code lock}, {@code release} and, for the
 * moment of the swap, {@code previous}, besides what the making needs for a while. A run that is killed leaves that folder
 * behind; the next one clears it away, and puts the previous release back if the kill fell between the two renames of the
 * swap.
 *
 * <p>Files may be written by many threads; begin, commit and close belong to one.
 */
public final class FolderPublication implements AutoCloseable {
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    private static final String LOCK = "lock";

    private final Path target;
    private final Path work;
    private final Path release;
    private final RunLock lock;
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private FolderPublication(Path target, Path work, RunLock lock) {
        this.target = target;
        this.work = work;
        this.release = work.resolve("release");
        this.lock = lock;
    }

    /**
     * Starts a release of the survey in a folder, which need not exist yet, but its parent's place must be writable.
     *
     * @throws LockedException if another run is making one
     */
    public static FolderPublication begin(Path folder) throws IOException {
        Path target = realTarget(folder);
        Path parent = parent(target);
        if (Files.exists(target) && !Files.getFileStore(target).equals(Files.getFileStore(parent))) {
            throw new IOException("'" + folder + "' is a mount point, so a release cannot be swapped in whole: choose "
                    + "a folder below it");
        }
        Path work = work(target);
        RunLock lock = RunLock.take(work.resolve(LOCK), folder.toString());
        FolderPublication publication = new FolderPublication(target, work, lock);
        try {
            publication.clearAway();
        } catch (IOException e) {
            publication.close();
            throw e;
        }
        return publication;
    }

    /**
     * Keeps other runs away from the survey in a folder, for one that adds to the release in place.
     *
     * @throws LockedException if another run has it
     */
    public static Closeable lock(Path folder) throws IOException {
        Path work = work(realTarget(folder));
        RunLock lock = RunLock.take(work.resolve(LOCK), folder.toString());
        return () -> unlock(lock, work);
    }

    private static Path parent(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException("'" + target + "' cannot be a survey's folder: choose one below it");
        }
        return parent;
    }

    private static Path work(Path target) throws IOException {
        return parent(target).resolve("." + target.getFileName() + ".hipsnode");
    }

    private static void unlock(RunLock lock, Path work) throws IOException {
        lock.close();
        try {
            Files.deleteIfExists(work);
        } catch (DirectoryNotEmptyException e) {
            return; // the next run has already begun, or clears away what was left
        }
    }

    /** Follows links, so that a survey that lies elsewhere stays there, also while it is absent. */
    private static Path realTarget(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        for (int i = 0; i < MAX_LINKS && isBrokenLink(absolute); i++) {
            absolute = absolute.resolveSibling(Files.readSymbolicLink(absolute)).normalize();
        }
        if (isBrokenLink(absolute)) {
            throw new IOException(
                    "'" + folder + "' is a link that leads in a circle: expected a folder, or nothing yet");
        }
        if (Files.exists(absolute)) {
            if (!Files.isDirectory(absolute)) {
                throw new IOException("'" + folder + "' is a file: expected a folder, or nothing yet");
            }
            return absolute.toRealPath();
        }
        Path parent = absolute.getParent();
        if (parent == null) {
            return absolute;
        }
        Files.createDirectories(parent);
        return parent.toRealPath().resolve(absolute.getFileName());
    }

    private static boolean isBrokenLink(Path path) {
        return Files.isSymbolicLink(path) && !Files.exists(path);
    }

    /** Removes what a killed run left, and brings back the release that it had moved aside. */
    private void clearAway() throws IOException {
        Path previous = work.resolve("previous");
        if (Files.exists(previous) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
        }
        try (var entries = Files.newDirectoryStream(work, entry -> !entry.endsWith(LOCK))) {
            for (Path entry : entries) {
                AtomicFiles.deleteTree(entry);
            }
        }
        Files.createDirectories(release);
    }

    /** Writes a file of the release; its name must be new. */
    public void write(String name, byte[] content) throws IOException {
        Path file = release.resolve(FileName.require(name));
        try {
            writeNew(file, content);
        } catch (IOException e) {
            throw new IOException("'" + name + "' of '" + target + "' cannot be written: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private void writeNew(Path file, byte[] content) throws IOException {
        Path folder = file.getParent();
        if (folder != null && folders.add(folder)) {
            Files.createDirectories(folder);
        } else if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder); // another thread is about to
        }
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        }
    }

    /** Returns the folder in which the release is being written. */
    public Path staged() {
        return release;
    }

    /** Returns the folder beside the release for what the making needs; what is left in it stays until the next run. */
    public Path workFolder() {
        return work;
    }

    /** Makes the release durable and puts it in the survey's place; the one that was there is gone afterwards. */
    public void commit() throws IOException {
        DurableFolder.sync(release);
        Path previous = work.resolve("previous");
        boolean replaces = Files.exists(target);
        if (replaces) {
            Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(release, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        AtomicFiles.syncFolder(parent(target));
        AtomicFiles.deleteTree(previous);
    }

    /** Ends the run; a release that was not committed is dropped. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return; // what is there by now may be the next run's
        }
        closed = true;
        AtomicFiles.deleteTree(release);
        unlock(lock, work);
    }
}
