package org.hipsnode.mirror.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.SurveyStore;

/** The files of a release as it is pushed: those of a folder, but for {@code properties}, which a copy has of its own. */
public final class ReleaseFiles {
    static final String PROPERTIES = "properties";

    private final Path folder;
    private final ManifestRoot root;
    private final byte[] properties;
    private final ManifestLookup tiles;

    ReleaseFiles(Path folder, ManifestRoot root, byte[] properties) throws IOException {
        this.folder = folder;
        this.root = root;
        this.properties = properties.clone();
        this.tiles = ManifestLookup.of(new FolderStore(folder));
    }

    /** Returns the root of the manifest of what is pushed. */
    ManifestRoot root() {
        return root;
    }

    Path folder() {
        return folder;
    }

    /** Returns a file's content if it is another than in the folder. */
    Optional<byte[]> own(String name) {
        if (name.equals(ManifestName.ROOT)) {
            return Optional.of(root.toBytes());
        }
        return name.equals(PROPERTIES) ? Optional.of(properties.clone()) : Optional.empty();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Returns the files as they are in the folder. */
    SurveyStore store() {
        return new FolderStore(folder);
    }

    /** Returns what the manifest says of a file that is none of its own; empty if it does not know it. */
    Optional<FileRecord> find(String name) throws IOException {
        return KnownRelease.record(root, tiles, name);
    }

    /** Returns what a file of the release must be, the manifest's own too. */
    FileRecord expected(String name) throws IOException {
        if (name.equals(ManifestName.ROOT)) {
            return new FileRecord(root.toBytes().length, Digest.of(root.toBytes()));
        }
        if (ManifestName.isObject(name)) {
            return new FileRecord(Files.size(file(name)), Digest.of(file(name)));
        }
        return find(name)
                .orElseThrow(() -> new IOException(
                        "'" + folder + "': the manifest does not tell of '" + name + "' any more: begin again"));
    }
}
