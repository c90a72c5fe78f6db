package org.hipsnode.node.schedule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.JsonText;

/** What a node has done with others, a line of JSON each, in files that are never more than twice their bound; for many threads. */
final class RunHistory {
    /** Its folder in the data folder; hidden, so that it is not taken for a survey. */
    static final String FOLDER = ".history";

    static final String MIRRORS = "mirrors.jsonl";
    static final String PUSHES = "pushes.jsonl";
    static final String AUDITS = "audits.jsonl";
    private static final int MOST_BYTES = 8 << 20;

    private final Path folder;
    private final long most;

    /**
     * Keeps the history in a folder.
     *
     * @param folder hidden, so that it is not taken for a survey
     */
    RunHistory(Path folder) {
        this(folder, MOST_BYTES);
    }

    RunHistory(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    /** Adds a line to one of the files. */
    synchronized void add(String name, Map<String, ?> values) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        if (Files.exists(file) && Files.size(file) > most) {
            Files.move(file, before(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(
                file,
                (JsonText.line(values) + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private Path before(String name) {
        return folder.resolve(name + ".1");
    }

    /** Returns the texts and numbers of all lines of a file that can be read, the oldest first: a node that was killed may have left half of one. */
    synchronized List<Map<String, String>> read(String name) throws IOException {
        List<Map<String, String>> lines = new ArrayList<>();
        for (Path file : List.of(before(name), folder.resolve(name))) {
            if (Files.exists(file)) {
                String content = new String(BoundedReads.readFile(file, 2 * MOST_BYTES), StandardCharsets.UTF_8);
                content.lines().map(RunHistory::texts).forEach(lines::add);
            }
        }
        return lines;
    }

    private static Map<String, String> texts(String line) {
        try {
            return JsonText.textsAndNumbers(line.getBytes(StandardCharsets.UTF_8))
                    .orElse(Map.of());
        } catch (IOException e) {
            return Map.of();
        }
    }
}
