package org.hipsnode.generate.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.FileLocks;

/**
 * A folder among the system's temporary files for what is unpacked, removed on close. Its lock tells that a process uses it, so
 * what a killed one left is known, and the first folder of the next process clears it away.
 */
public final class SpillFolder implements Closeable {
    private static final String START = "hipsnode-spill-";
    private static final String LOCK = "lock";
    private static final AtomicBoolean CLEARED = new AtomicBoolean();

    private final Path folder;
    private final FileChannel lock;

    private SpillFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    public static SpillFolder create() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        if (CLEARED.compareAndSet(false, true)) {
            clear(temporary);
        }
        return create(temporary);
    }

    static SpillFolder create(Path temporary) throws IOException {
        while (true) {
            Path folder = Files.createTempDirectory(temporary, START);
            Optional<FileChannel> lock = FileLocks.open(
                    folder.resolve(LOCK),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            if (lock.isPresent() && Files.exists(folder.resolve(LOCK))) {
                return new SpillFolder(folder, lock.get());
            }
            // another process that clears was faster, and removes it
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }

    /** Removes folders of this user that no process uses; what cannot be removed stays. */
    static void clear(Path temporary) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, START + "*")) {
            for (Path folder : folders) {
                clearOne(folder);
            }
        } catch (IOException e) {
            // no work depends on it
        }
    }

    private static void clearOne(Path folder) {
        // others may make folders of this name where all may write: nothing of theirs is opened
        if (!isOurs(folder)) {
            return;
        }
        try (FileChannel lock = FileLocks.open(
                        folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
                .orElse(null)) {
            if (lock != null) {
                AtomicFiles.deleteTree(folder);
            }
        } catch (IOException e) {
            // another process clears it at the same time
        }
    }

    private static boolean isOurs(Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                            .getName()
                            .equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Returns where a file may be written. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            AtomicFiles.deleteTree(folder);
        }
    }
}
