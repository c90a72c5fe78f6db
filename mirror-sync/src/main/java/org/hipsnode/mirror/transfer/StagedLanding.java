package org.hipsnode.mirror.transfer;

import java.io.IOException;
import java.nio.file.Path;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.store.FolderPublication;

/** Lets files land in a release that is being made, and notes them, so that a stopped run need not fetch them again. */
public record StagedLanding(FolderPublication release) implements Landing {

    @Override
    public Path place(String name) throws IOException {
        return release.place(name);
    }

    @Override
    public void done(String name, FileRecord record) throws IOException {
        release.note(
                name,
                new FolderPublication.Written(
                        record.bytes(), record.digest().high(), record.digest().low()));
        release.giveToDisk(record.bytes());
    }
}
