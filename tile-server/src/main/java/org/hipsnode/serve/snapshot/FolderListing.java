package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.store.FileName;
import org.hipsnode.tile.TreeName;

/** The names in one folder of a release, as far as they are served. */
final class FolderListing {
    /** A folder of tiles has 10,000 of each format, for each channel. */
    private static final int MOST = 200_000;

    private final Path release;
    private final String prefix;
    private final TreeSet<String> names = new TreeSet<>();

    private FolderListing(Path release, String prefix) {
        this.release = release;
        this.prefix = prefix;
    }

    /**
     * Lists a folder: sorted, folders with a slash at their ends; empty if there is no such folder, or it lies elsewhere.
     *
     * @param release folder of the release
     * @param name relative to it, without slashes at the ends; empty for itself
     */
    static Optional<List<String>> of(Path release, String name) throws IOException {
        try {
            Path folder = release.resolve(name).toRealPath();
            boolean here = folder.startsWith(release.toRealPath()) && isServedFolder(name);
            FolderListing listing = new FolderListing(release.toRealPath(), name.isEmpty() ? "" : name + "/");
            return here ? Optional.of(listing.names(folder)) : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException | InvalidPathException e) {
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isServedFolder(String name) {
        return name.isEmpty() || ManifestName.isPublicFolder(name) || isUsual(name);
    }

    private static boolean isUsual(String name) {
        return !name.startsWith(FileName.OWN_FOLDER) && FileName.isValid(name);
    }

    private List<String> names(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                add(entry, String.valueOf(entry.getFileName()));
            }
        }
        return List.copyOf(names);
    }

    private void add(Path entry, String last) throws IOException {
        String name = prefix + last;
        if (TreeName.parse(name).isPresent()) {
            names.add(last); // without a look: there are thousands
        } else if (Files.isDirectory(entry)) {
            add(entry, last + "/", isServedFolder(name));
        } else if (Files.isRegularFile(entry)) {
            add(entry, last, isUsual(name) || ManifestName.isPublic(name));
        }
        if (names.size() > MOST) {
            throw new IOException("'" + release + "/" + prefix + "': expected " + MOST + " files at most");
        }
    }

    private void add(Path entry, String shown, boolean served) {
        if (served && isHere(entry)) {
            names.add(shown);
        }
    }

    private boolean isHere(Path entry) {
        try {
            return !Files.isSymbolicLink(entry) || entry.toRealPath().startsWith(release);
        } catch (IOException e) {
            return false; // a link to nothing
        }
    }
}
