package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A file of a release, open to be read by position.
 *
 * @param channel whoever has it closes it
 */
public record OpenedFile(FileChannel channel, long size, Instant lastModified) {

    /** Opens a file of a folder that is no release; empty if there is none by that name, or it lies elsewhere. */
    public static Optional<OpenedFile> in(Path folder, String name) throws IOException {
        try (ReleaseFolder open = ReleaseFolder.open(folder)) {
            return open.find(name);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }
}
