package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderStore;
import org.hipsnode.survey.Survey;

/**
 * Finds the surveys beneath a folder: every folder that holds {@code properties}. Tile folders are not looked into, so a scan
 * costs one look for each folder above the tiles.
 */
public final class FolderScan {
    private static final int MAX_NESTING = 8;

    private final Path root;
    private final List<ServedSurvey> found = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private FolderScan(Path root) {
        this.root = root;
    }

    /** What a scan found, and what it had to leave out. */
    public record Result(NodeSnapshot snapshot, List<String> problems) {}

    /** Looks through a folder; one that is itself a survey is found under its own name. */
    public static Result of(Path folder) throws IOException {
        Path root = folder.toRealPath();
        FolderScan scan = new FolderScan(root);
        if (Files.isRegularFile(root.resolve("properties"))) {
            scan.addSurvey(root, String.valueOf(root.getFileName()));
        } else {
            scan.visit(root, "", 0);
        }
        return new Result(new NodeSnapshot(scan.found), List.copyOf(scan.problems));
    }

    private void visit(Path folder, String path, int nesting) throws IOException {
        if (nesting > MAX_NESTING) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (FileName.isValid(name) && Files.isDirectory(entry)) {
                    visitFolder(entry, path.isEmpty() ? name : path + "/" + name, nesting);
                }
            }
        }
    }

    private void visitFolder(Path folder, String path, int nesting) throws IOException {
        Path real = folder.toRealPath();
        if (!real.startsWith(root)) {
            problems.add("'" + folder + "' leads out of '" + root + "' and is not served");
        } else if (Files.isRegularFile(real.resolve("properties"))) {
            addSurvey(real, path);
        } else {
            visit(real, path, nesting + 1);
        }
    }

    private void addSurvey(Path folder, String path) {
        try {
            Optional<Survey> survey = Survey.open(new FolderStore(folder));
            survey.ifPresent(s -> found.add(
                    new ServedSurvey(path, folder, s.properties(), Files.isRegularFile(folder.resolve("index.html")))));
        } catch (IOException e) {
            problems.add("'" + folder + "' is not served: " + e.getMessage());
        }
    }
}
