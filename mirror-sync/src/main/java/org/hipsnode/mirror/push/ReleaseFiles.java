package org.hipsnode.mirror.push;

import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;

/** The files of a release as it is pushed: those of a folder, but for {@code properties}, which a copy has of its own. */
public final class ReleaseFiles {
    static final String PROPERTIES = "properties";

    private final Path folder;
    private final ManifestRoot root;
    private final byte[] properties;

    ReleaseFiles(Path folder, ManifestRoot root, byte[] properties) {
        this.folder = folder;
        this.root = root;
        this.properties = properties.clone();
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

    /** Returns what the manifest says of a file that is no tile. */
    Optional<FileRecord> record(String name) {
        return Optional.ofNullable(root.files().get(name));
    }
}
