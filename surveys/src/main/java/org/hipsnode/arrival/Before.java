package org.hipsnode.arrival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TreeName;

/** The release that is in the survey's place until the next one has come, as its manifest tells of it. */
final class Before {
    private final Path folder;
    private final Optional<ManifestRoot> root;
    private final ManifestLookup tiles;

    private Before(Path folder, Optional<ManifestRoot> root, ManifestLookup tiles) {
        this.folder = folder;
        this.root = root;
        this.tiles = tiles;
    }

    static Before of(Path folder) throws IOException {
        SurveyStore store = new FolderStore(folder);
        return new Before(folder, root(store), ManifestLookup.of(store));
    }

    /** A damaged manifest is as good as none. */
    static Optional<ManifestRoot> root(SurveyStore store) throws IOException {
        try {
            return new ManifestReader(store).root();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /** Tells whether an object of the manifest is there. */
    boolean hasObject(String name) {
        return root.isPresent() && Files.isRegularFile(folder.resolve(name));
    }

    /** Tells whether a file of the same content is there, by name, size and what the manifest says. */
    boolean has(String name, FileRecord wanted) throws IOException {
        if (root.isEmpty() || !record(name).equals(Optional.of(wanted))) {
            return false;
        }
        Path file = folder.resolve(name);
        return Files.isRegularFile(file) && Files.size(file) == wanted.bytes();
    }

    private Optional<FileRecord> record(String name) throws IOException {
        Optional<FileRecord> other = root.map(r -> r.files().get(name));
        Optional<TreeName> parsed = other.isPresent() ? Optional.empty() : TreeName.parse(name);
        return parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile ? tiles.find(tile) : other;
    }
}
