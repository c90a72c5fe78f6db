package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The runs of a node's mirrors, a line of JSON each, in a file that is never more than twice its bound. */
final class RunHistory {
    private static final long MOST_BYTES = 8 << 20;
    private static final String FILE = "mirrors.jsonl";

    private final Path folder;

    /**
     * Keeps the history in a folder.
     *
     * @param folder hidden, so that it is not taken for a survey
     */
    RunHistory(Path folder) {
        this.folder = folder;
    }

    void add(String line) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        if (Files.exists(file) && Files.size(file) > MOST_BYTES) {
            Files.move(file, folder.resolve(FILE + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(
                file,
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
