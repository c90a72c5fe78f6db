package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.manifest.FileRecord;

/** Puts files into a folder, by their names, and looks at the sizes of those that are done. */
record FolderLanding(Path folder) implements Landing {
    @Override
    public Path place(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    @Override
    public void done(String name, FileRecord record) {
        assertThat(folder.resolve(name)).hasSize(record.bytes());
    }
}
