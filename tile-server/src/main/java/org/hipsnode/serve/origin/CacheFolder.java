package org.hipsnode.serve.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.serve.request.HttpDate;

/**
 * What was fetched of one remote survey, on disk: a folder for each release, in it the files under their own names, so that they
 * are served as any survey's, and beside each a hidden {@link Note}.
 *
 * <p>A file counts only with a note that tells its size; both are renamed into place, so a crash leaves either. When a file was
 * last asked for is its access time on disk, set by us: so the order survives a restart and costs no memory, and what is over
 * the quota is found by a walk that keeps only what it will delete.
 */
final class CacheFolder {
    private static final String INCOMING = "incoming";
    private static final String NOTE_END = ".note";
    private static final int NOTE_BYTES = 1 << 14;

    /** What a file takes on disk is counted in these, and one for its note. */
    private static final long BLOCK = 4096;

    /** To the tenth that is deleted more than must be, so that it is not done again at once. */
    private static final double FILLED = 0.9;

    private final Path root;
    private final long quota;
    private final Clock clock;
    private final Duration precision;
    private final AtomicLong used = new AtomicLong();

    /**
     * Prepares a folder; what others left unfinished in it is cleared away.
     *
     * @param precision within which it does not matter when a file was asked for
     */
    CacheFolder(Path root, long quota, Clock clock, Duration precision) throws IOException {
        this.root = Files.createDirectories(root).toRealPath();
        this.quota = quota;
        this.clock = clock;
        this.precision = precision;
        AtomicFiles.deleteTree(this.root.resolve(INCOMING));
        Files.createDirectories(this.root.resolve(INCOMING));
    }

    /** Returns the folder of a release. */
    Path release(String key) {
        return root.resolve(key);
    }

    /** Returns the release that was the current one when this folder was last used. */
    Optional<String> current() throws IOException {
        try {
            String key = Files.readString(root.resolve("current"), StandardCharsets.UTF_8)
                    .trim();
            return Optional.of(key).filter(k -> k.matches("[0-9a-f]{16}"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Makes a release the current one, and deletes the others; what is being read of them can be read to its end. */
    void choose(String key) throws IOException {
        AtomicFiles.write(root.resolve("current"), (key + "\n").getBytes(StandardCharsets.UTF_8));
        try (var entries = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.equals(key) && !name.equals(INCOMING)) {
                    AtomicFiles.deleteTree(entry);
                }
            }
        }
        count();
    }

    /** Returns a name for a file that is on its way. */
    Path incoming() {
        return root.resolve(INCOMING).resolve(UUID.randomUUID().toString());
    }

    private static Path note(Path file) {
        return file.resolveSibling("." + file.getFileName() + NOTE_END);
    }

    /** Returns the note of a file that is there whole. */
    static Optional<Note> find(Path release, String name) throws IOException {
        Path file = release.resolve(name);
        try {
            long bytes = Files.size(file);
            String text = new String(BoundedReads.readFile(note(file), NOTE_BYTES), StandardCharsets.UTF_8);
            return Note.parse(text).filter(note -> note.bytes() == bytes);
        } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return Optional.empty();
        }
    }

    /** Puts a fetched file into place. */
    void store(Path release, String name, Path fetched, Note note) throws IOException {
        Path file = release.resolve(name);
        Files.createDirectories(file.getParent());
        Optional<FileTime> modified =
                note.lastModified().flatMap(HttpDate::parse).map(FileTime::from);
        FileTime now = FileTime.from(clock.instant());
        Files.getFileAttributeView(fetched, BasicFileAttributeView.class).setTimes(modified.orElse(now), now, null);
        AtomicFiles.sync(fetched);
        writeNote(file, note);
        Files.move(fetched, file, StandardCopyOption.ATOMIC_MOVE);
        if (used.addAndGet(size(note.bytes())) > quota) {
            evict();
        }
    }

    /** Writes what is now known of a file that has not changed. */
    void confirm(Path release, String name, Note note) throws IOException {
        writeNote(release.resolve(name), note);
    }

    private void writeNote(Path file, Note note) throws IOException {
        Path temporary = incoming();
        Files.writeString(temporary, note.toString());
        Files.move(temporary, note(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes a file that is no more. */
    void remove(Path release, String name) throws IOException {
        Path file = release.resolve(name);
        Files.deleteIfExists(note(file));
        Files.deleteIfExists(file);
    }

    /** Remembers that a file was asked for. */
    void touch(Path release, String name) throws IOException {
        BasicFileAttributeView view = Files.getFileAttributeView(release.resolve(name), BasicFileAttributeView.class);
        FileTime now = FileTime.from(clock.instant());
        if (view.readAttributes()
                .lastAccessTime()
                .toInstant()
                .isBefore(clock.instant().minus(precision))) {
            view.setTimes(null, now, null);
        }
    }

    /** Returns about how many bytes there are on disk. */
    long used() {
        return used.get();
    }

    private static long size(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK + BLOCK;
    }

    /** A file that may be deleted. */
    private record Old(Path file, long bytes, FileTime asked) {}

    /** Counts what is there. */
    void count() throws IOException {
        AtomicLong sum = new AtomicLong();
        walk((file, attributes) -> sum.addAndGet(size(attributes.size())));
        used.set(sum.get());
    }

    /** Deletes what was asked for longest ago until a tenth of the quota is free. */
    private synchronized void evict() throws IOException {
        count();
        long tooMuch = used.get() - (long) (FILLED * quota);
        if (used.get() <= quota) {
            return;
        }
        PriorityQueue<Old> oldest =
                new PriorityQueue<>(Comparator.comparing(Old::asked).reversed());
        AtomicLong found = new AtomicLong();
        walk((file, attributes) -> {
            Old old = new Old(file, size(attributes.size()), attributes.lastAccessTime());
            oldest.add(old);
            found.addAndGet(old.bytes);
            while (found.get() - oldest.element().bytes >= tooMuch) {
                found.addAndGet(-oldest.remove().bytes);
            }
        });
        for (Old old : oldest) {
            Files.deleteIfExists(note(old.file));
            Files.deleteIfExists(old.file);
            used.addAndGet(-old.bytes);
        }
    }

    /** Takes a file and what the disk says of it. */
    @FunctionalInterface
    private interface Look {
        void at(Path file, BasicFileAttributes attributes);
    }

    /** Looks at every file that was fetched for being asked for: not at what makes the folder a survey. */
    private void walk(Look look) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.endsWith(INCOMING) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = String.valueOf(file.getFileName());
                boolean isTop = root.relativize(file).getNameCount() < 2;
                if (!isTop && !name.startsWith(".") && !Adopted.isPartOf(name)) {
                    look.at(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
                if (reason instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // deleted meanwhile
                }
                throw reason;
            }
        });
    }
}
