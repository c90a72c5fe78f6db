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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.DurableFolder;
import org.jspecify.annotations.Nullable;

/**
 * A release of a survey in the making: written beside the survey's folder, out of every reader's sight, and put in its
 * place whole.
 *
 * <p>For a survey in {@code DIR/name} all happens in {@code DIR/.name.hipsnode}: {@code lock}, {@code release} and, for the
 * moment of the swap, {@code previous}, besides what the making needs for a while. A run that is stopped leaves that folder
 * behind; the next one puts the previous release back if the kill fell between the two renames of the swap. If it does the very
 * same work it goes on with the files that a {@code journal} tells of, else it clears all away. Where {@link KeptReleases} are wanted
 * the previous release becomes one.
 *
 * <p>Files may be written by many threads; begin, commit and close belong to one.
 */
public final class FolderPublication implements AutoCloseable {
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    /** So many bytes are given to the disk at a time, beside the making of the next. */
    private static final long BYTES_AT_A_TIME = 1 << 28;

    /** Nor more often than this, since to start a process costs as much as to write fifty tiles. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private static final String LOCK = "lock";
    private static final String JOURNAL = "journal";
    private static final String RELEASE = "release";
    private static final String PREVIOUS = "previous";

    private final Path target;
    private final Path work;
    private final Path release;
    private final RunLock lock;
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();
    private final AtomicLong waitingBytes = new AtomicLong();
    private Optional<Process> syncing = Optional.empty();
    private long lastSync = System.nanoTime();
    private @Nullable Journal journal;
    private boolean closed;

    /**
     * What is known of a file that was written before.
     *
     * @param high the first eight bytes of the content's SHA-256, big-endian
     * @param low the next eight
     */
    public record Written(long bytes, long high, long low) {}

    private FolderPublication(Path target, Path work, RunLock lock) {
        this.target = target;
        this.work = work;
        this.release = work.resolve(RELEASE);
        this.lock = lock;
    }

    /**
     * Starts a release of the survey in a folder, which need not exist yet, but its parent's place must be writable.
     *
     * @throws LockedException if another run is making one
     */
    public static FolderPublication begin(Path folder) throws IOException {
        return begin(folder, Optional.empty());
    }

    /**
     * Starts a release, or goes on with one that was stopped.
     *
     * @param identity all that decides what the files hold; empty for a work that cannot be continued
     * @throws LockedException if another run is making one
     */
    public static FolderPublication begin(Path folder, Optional<String> identity) throws IOException {
        Path target = realTarget(folder);
        Path parent = parent(target);
        if (Files.exists(target) && isMountPoint(target, parent)) {
            throw new IOException("'" + folder + "' is a mount point, so a release cannot be swapped in whole: choose "
                    + "a folder below it");
        }
        Path work = work(target);
        RunLock lock = RunLock.take(work.resolve(LOCK), folder.toString());
        FolderPublication publication = new FolderPublication(target, work, lock);
        try {
            publication.prepare(identity);
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

    /** Returns the folder of the releases that are kept of the survey in a folder, whether there is one or not. */
    static Path releasesOf(Path folder) throws IOException {
        Path target = realTarget(folder);
        return parent(target).resolve("." + target.getFileName() + ".releases");
    }

    /** Returns the folder in which a release of the survey in a folder is made; there is none while nobody makes one. */
    public static Path workOf(Path folder) throws IOException {
        return work(realTarget(folder));
    }

    /** Returns when the release that was begun in such a folder was last added to; empty if it cannot be gone on with. */
    public static Optional<Instant> lastChange(Path workFolder) throws IOException {
        Path file = workFolder.resolve(JOURNAL);
        return Files.isRegularFile(file)
                ? Optional.of(Files.getLastModifiedTime(file).toInstant())
                : Optional.empty();
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

    private static boolean isMountPoint(Path target, Path parent) {
        try {
            return !Files.getFileStore(target).equals(Files.getFileStore(parent));
        } catch (IOException e) {
            return false; // in a chroot no mount is found for the root: were it one, the swap would say so
        }
    }

    private static boolean isBrokenLink(Path path) {
        return Files.isSymbolicLink(path) && !Files.exists(path);
    }

    /** Brings back the release that a killed run had moved aside, and removes what it left and cannot be continued. */
    private void prepare(Optional<String> identity) throws IOException {
        Path previous = work.resolve(PREVIOUS);
        if (Files.exists(previous) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
        } else if (Files.exists(previous)) {
            KeptReleases.keepOrDelete(target, previous);
        }
        Path file = work.resolve(JOURNAL);
        boolean goesOn = identity.isPresent() && Journal.isOf(file, identity.get());
        Set<String> kept = goesOn ? Set.of(LOCK, JOURNAL, RELEASE) : Set.of(LOCK);
        try (var entries =
                Files.newDirectoryStream(work, entry -> !kept.contains(String.valueOf(entry.getFileName())))) {
            for (Path entry : entries) {
                AtomicFiles.deleteTree(entry);
            }
        }
        Files.createDirectories(release);
        if (goesOn) {
            journal = Journal.continued(file);
            removeUnfinished(journal);
        } else if (identity.isPresent()) {
            journal = Journal.started(file, identity.get());
        }
    }

    /** A file of which the journal does not tell may be half a file. */
    private void removeUnfinished(Journal finished) throws IOException {
        List<String> unfinished = new ArrayList<>();
        new FolderStore(release).listEverything((name, bytes) -> {
            if (!FileName.isValid(name) || finished.find(name).isEmpty()) {
                unfinished.add(name);
            }
        });
        for (String name : unfinished) {
            Files.delete(release.resolve(name));
        }
    }

    /** Tells whether the very same work was stopped in a folder, so that it would be gone on with. */
    public static boolean wouldContinue(Path folder, String identity) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        return absolute.getParent() != null
                && Files.isDirectory(absolute.getParent())
                && Journal.isOf(work(realTarget(folder)).resolve(JOURNAL), identity);
    }

    /** Returns what the stopped run that is gone on with had written under a name. */
    public Optional<Written> written(String name) {
        return Optional.ofNullable(journal)
                .flatMap(j -> j.find(name))
                .map(entry -> new Written(entry.bytes(), entry.high(), entry.low()));
    }

    /** Notes that a file is written whole, so that it need not be made again if this run is stopped. */
    public void note(String name, Written file) throws IOException {
        Journal notes = journal;
        if (notes != null) {
            notes.add(name, new Journal.Entry(file.bytes(), file.high(), file.low()));
        }
    }

    /** Removes a file of the release that turned out to be wrong. */
    public void remove(String name) throws IOException {
        Files.deleteIfExists(release.resolve(FileName.require(name)));
    }

    /** Takes a file of the release before into this one, without a copy where the file system allows it; false if it was copied. */
    public boolean takeOver(String name) throws IOException {
        Path file = release.resolve(FileName.require(name));
        makeFolder(file);
        try {
            Files.createLink(file, target.resolve(name));
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(target.resolve(name), file, StandardCopyOption.REPLACE_EXISTING);
            return false;
        }
    }

    /** Returns how many files of the release need not be made again if this run is stopped. */
    public long finishedFiles() {
        Journal notes = journal;
        return notes == null ? 0 : notes.files();
    }

    /** Gives up what is made so far, since it should not be gone on with. */
    public void discard() throws IOException {
        Journal notes = journal;
        journal = null;
        if (notes != null) {
            notes.drop();
            Files.deleteIfExists(work.resolve(JOURNAL));
        }
    }

    /** Writes a file of the release, whose content may be in pieces; its name must be new. */
    public void write(String name, byte[]... content) throws IOException {
        Path file = release.resolve(FileName.require(name));
        try {
            writeNew(file, content);
        } catch (IOException e) {
            throw new IOException("'" + name + "' of '" + target + "' cannot be written: " + reason(e), e);
        }
    }

    /**
     * Returns the place of a file of the release that somebody else writes, in a folder that exists. What is there is to be removed,
     * never written into: it may be the release before's, too.
     */
    public Path place(String name) throws IOException {
        Path file = release.resolve(FileName.require(name));
        makeFolder(file);
        return file;
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private void makeFolder(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && !folders.contains(folder)) {
            Files.createDirectories(folder);
            folders.add(folder); // only now, since others rely on it
        }
    }

    private void writeNew(Path file, byte[]... content) throws IOException {
        makeFolder(file);
        long bytes = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (byte[] piece : content) {
                ByteBuffer buffer = ByteBuffer.wrap(piece);
                while (buffer.hasRemaining()) {
                    bytes += out.write(buffer);
                }
            }
        }
        giveToDisk(bytes);
    }

    /** Counts bytes of the release that were written, and lets the system begin to bring them to the disk if they are many. */
    public void giveToDisk(long bytes) {
        long waiting = waitingBytes.addAndGet(bytes);
        if (waiting >= BYTES_AT_A_TIME && waitingBytes.compareAndSet(waiting, 0)) {
            beginSync();
        }
    }

    /** One at a time: a slow disk gets no more to do by being told more often. */
    private synchronized void beginSync() {
        boolean rested = System.nanoTime() - lastSync >= PAUSE_NANOS;
        if (rested && syncing.filter(Process::isAlive).isEmpty()) {
            syncing = DurableFolder.begin(release);
            lastSync = System.nanoTime();
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
        Path previous = swapIn(release);
        discard();
        KeptReleases.keepOrDelete(target, previous);
    }

    /** Puts a folder in the survey's place, and returns where the one is that was there, if there was one. */
    private Path swapIn(Path next) throws IOException {
        Path previous = work.resolve(PREVIOUS);
        boolean replaces = Files.exists(target);
        if (replaces) {
            Files.move(target, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (replaces) {
                Files.move(previous, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        AtomicFiles.syncFolder(parent(target));
        return previous;
    }

    /** Puts a kept release in the survey's place, and keeps the one that was there. */
    void putBack(Path kept) throws IOException {
        KeptReleases.keepOrDelete(target, swapIn(kept));
    }

    /** Ends the run; a release that was not committed is dropped, or left for the run that goes on with it. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return; // what is there by now may be the next run's
        }
        closed = true;
        Journal notes = journal;
        try {
            if (notes != null && notes.files() > 0) {
                notes.close();
            } else {
                discard();
                AtomicFiles.deleteTree(release);
            }
        } finally {
            unlock(lock, work);
        }
    }
}
