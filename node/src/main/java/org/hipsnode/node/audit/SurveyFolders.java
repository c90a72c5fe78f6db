package org.hipsnode.node.audit;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.store.FileName;

/**
 * The surveys that lie beneath a node's data folder, by the paths at which they are served.
 *
 * <p>One that has lost its {@code properties} is not served, but it still has a manifest, and so it is found here.
 */
public final class SurveyFolders {
    private static final int MAX_NESTING = 8;

    private final Path root;
    private final SortedMap<String, Path> found = new TreeMap<>();

    private SurveyFolders(Path root) {
        this.root = root;
    }

    /** Looks through a folder; one that is itself a survey has its own name as path. */
    public static SortedMap<String, Path> beneath(Path data) throws IOException {
        Path root = data.toRealPath();
        SurveyFolders folders = new SurveyFolders(root);
        if (isSurvey(root)) {
            folders.found.put(String.valueOf(root.getFileName()), root);
        } else {
            folders.visit(root, "", 0);
        }
        return folders.found;
    }

    private static boolean isSurvey(Path folder) {
        return Files.isRegularFile(folder.resolve("properties"))
                || Files.isRegularFile(folder.resolve(ManifestName.ROOT));
    }

    private void visit(Path folder, String path, int nesting) throws IOException {
        if (nesting > MAX_NESTING) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (FileName.isValid(name) && Files.isDirectory(entry)) {
                    visitEntry(entry, path.isEmpty() ? name : path + "/" + name, nesting);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A release that is being swapped in has no name for a moment: it is found the next time. */
    private void visitEntry(Path entry, String path, int nesting) throws IOException {
        try {
            visitFolder(entry.toRealPath(), path, nesting);
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private void visitFolder(Path folder, String path, int nesting) throws IOException {
        if (folder.startsWith(root) && isSurvey(folder)) {
            found.put(path, folder);
        } else if (folder.startsWith(root)) {
            visit(folder, path, nesting + 1);
        }
    }
}
