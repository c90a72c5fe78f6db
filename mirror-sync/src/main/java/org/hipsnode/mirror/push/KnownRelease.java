package org.hipsnode.mirror.push;

import java.io.IOException;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestNames;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TreeName;

/** A release as its manifest tells of it. */
final class KnownRelease {
    private final ManifestReader reader;
    private final ManifestRoot root;
    private final ManifestLookup tiles;

    private KnownRelease(ManifestReader reader, ManifestRoot root, ManifestLookup tiles) {
        this.reader = reader;
        this.root = root;
        this.tiles = tiles;
    }

    /** Returns the release that is somewhere; a damaged manifest is as good as none. */
    static Optional<KnownRelease> in(SurveyStore store) throws IOException {
        try {
            ManifestReader reader = new ManifestReader(store);
            Optional<ManifestRoot> root = reader.root();
            return root.isPresent()
                    ? Optional.of(new KnownRelease(reader, root.get(), ManifestLookup.of(store)))
                    : Optional.empty();
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    /** Tells whether it has a file of this content; an object of the manifest is known by its name. */
    boolean has(String name, FileRecord wanted) throws IOException {
        return ManifestName.isObject(name) || record(root, tiles, name).equals(Optional.of(wanted));
    }

    /** Returns all names; a damaged manifest ends them with an exception. */
    ManifestNames names() {
        return new ManifestNames(reader, root);
    }

    /** Returns what a manifest says of a file that is none of its own. */
    static Optional<FileRecord> record(ManifestRoot root, ManifestLookup tiles, String name) throws IOException {
        Optional<FileRecord> other = Optional.ofNullable(root.files().get(name));
        Optional<TreeName> parsed = other.isPresent() ? Optional.empty() : TreeName.parse(name);
        return parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile ? tiles.find(tile) : other;
    }
}
