package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.store.FileName;

/**
 * Finds the surveys beneath a folder: every folder that holds {@code properties}. Tile folders are not looked into, so a scan
 * costs one look for each folder above the tiles.
 */
public final class FolderScan {
    private static final int MAX_NESTING = 8;

    private final Path root;
    private final NodeSnapshot before;
    private final List<ServedSurvey> found = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private FolderScan(Path root, NodeSnapshot before) {
        this.root = root;
        this.before = before;
    }

    /** What a scan found, and what it had to leave out. */
    public record Result(NodeSnapshot snapshot, List<String> problems) {}

    /** Looks through a folder; one that is itself a survey is found under its own name. */
    public static Result of(Path folder) throws IOException {
        return of(folder, new NodeSnapshot(List.of()));
    }

    /**
     * Looks through a folder again.
     *
     * @param before what was there when last looked; what is unchanged since is taken from it
     */
    static Result of(Path folder, NodeSnapshot before) throws IOException {
        Path root = folder.toRealPath();
        FolderScan scan = new FolderScan(root, before);
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
            Optional<ServedSurvey> known =
                    before.at(path).filter(s -> s.folder().equals(folder));
            boolean same = known.flatMap(ServedSurvey::release).isPresent()
                    && known.get().release().get().isInPlace();
            (same ? known : open(folder, path)).ifPresent(found::add);
        } catch (IOException | RuntimeException e) {
            // whatever is wrong with one survey, the others are served
            problems.add("'" + folder + "' is not served: " + e.getMessage());
        }
    }

    /** Opens the survey in a folder; empty if there is none. */
    static Optional<ServedSurvey> open(Path folder, String path) throws IOException {
        boolean hasIndexPage = Files.isRegularFile(folder.resolve("index.html"));
        return Release.open(folder)
                .map(release ->
                        new ServedSurvey(path, folder, release.properties(), hasIndexPage, Optional.of(release)));
    }
}
