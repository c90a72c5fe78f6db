package org.hipsnode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Says what a run leaves that could not go on: what is kept, and what to do. */
public final class StoppedRun {
    /** Less than this is no room: file systems keep some back. */
    private static final long NO_ROOM = 1 << 20;

    /** As Linux and macOS say it in English. */
    private static final String NO_SPACE = "No space left on device";

    private final FolderPublication publication;
    private final Path folder;
    private final OptionalLong expectedBytes;

    /**
     * Prepares to explain.
     *
     * @param expectedBytes of the whole release, where that is known
     */
    public StoppedRun(FolderPublication publication, Path folder, OptionalLong expectedBytes) {
        this.publication = publication;
        this.folder = folder;
        this.expectedBytes = expectedBytes;
    }

    /** Returns the failure with that added to its message. */
    public IOException explain(IOException failure) throws IOException {
        long files = publication.finishedFiles();
        boolean full = isFull() || saysFull(failure);
        if (files == 0 && !full) {
            return failure;
        }
        String kept = files == 0
                ? "nothing is published"
                : "nothing is published; " + files + " files are kept in '" + publication.workFolder()
                        + "', and the same command goes on from there";
        return new IOException(failure.getMessage() + (full ? "; " + room() : "") + "; " + kept, failure);
    }

    private boolean isFull() {
        return FreeSpace.of(publication.workFolder()).orElse(Long.MAX_VALUE) < NO_ROOM;
    }

    /** What a large file took has been given back when it did not fit. */
    private static boolean saysFull(IOException failure) {
        return String.valueOf(failure.getMessage()).contains(NO_SPACE);
    }

    private String room() throws IOException {
        long[] written = {0};
        new FolderStore(publication.staged()).list((name, bytes) -> written[0] += bytes);
        return "the disk of '" + folder + "' is full: " + megabytes(written[0]) + " are written"
                + (expectedBytes.isPresent()
                        ? lacking(written[0], expectedBytes.getAsLong())
                        : ", and how much is still to come is not known");
    }

    private static String lacking(long written, long expected) {
        return " of about " + megabytes(expected) + ", so about " + megabytes(Math.max(0, expected - written))
                + " more must be made free";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
