package org.hipsnode.generate.run;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;

/** Says what a run leaves that could not go on: what is kept, and what to do. */
final class StoppedRun {
    /** Less than this is no room: file systems keep some back. */
    private static final long NO_ROOM = 1 << 20;

    private final FolderPublication publication;
    private final Path folder;
    private final long expectedBytes;

    StoppedRun(FolderPublication publication, Path folder, long expectedBytes) {
        this.publication = publication;
        this.folder = folder;
        this.expectedBytes = expectedBytes;
    }

    /** Returns the failure with that added to its message. */
    IOException explain(IOException failure) throws IOException {
        long files = publication.finishedFiles();
        boolean full = isFull();
        if (files == 0 && !full) {
            return failure;
        }
        String kept = files == 0
                ? "nothing is published"
                : "nothing is published; " + files + " files are kept in '" + publication.workFolder()
                        + "', and the same command goes on from there";
        return new IOException(failure.getMessage() + (full ? "; " + room() : "") + "; " + kept, failure);
    }

    private boolean isFull() throws IOException {
        return store().getUsableSpace() < NO_ROOM;
    }

    private FileStore store() throws IOException {
        return Files.getFileStore(publication.workFolder());
    }

    private String room() throws IOException {
        long[] written = {0};
        new FolderStore(publication.staged()).list((name, bytes) -> written[0] += bytes);
        return String.format(
                Locale.ROOT,
                "the disk of '%s' is full: %s are written of about %s, so about %s more must be made free",
                folder,
                megabytes(written[0]),
                megabytes(expectedBytes),
                megabytes(Math.max(0, expectedBytes - written[0])));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
