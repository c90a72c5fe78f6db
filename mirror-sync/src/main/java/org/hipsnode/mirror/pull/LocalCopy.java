package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.manifest.Branch;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.manifest.TileWalk;
import org.hipsnode.mirror.plan.Amount;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;

/** What a mirror's folder holds, as its own manifest says it. */
final class LocalCopy {
    private final Path folder;
    private final FolderStore store;
    private final Optional<ManifestRoot> root;
    private final Optional<MirrorNote> note;

    private LocalCopy(Path folder, Optional<ManifestRoot> root, Optional<MirrorNote> note) {
        this.folder = folder;
        this.store = new FolderStore(folder);
        this.root = root;
        this.note = note;
    }

    static LocalCopy open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new LocalCopy(folder, Optional.empty(), Optional.empty());
        }
        FolderStore store = new FolderStore(folder);
        Optional<MirrorNote> note = Optional.empty();
        try {
            Optional<byte[]> file = store.read(ManifestName.MIRROR, MirrorNote.MAX_BYTES);
            note = file.isPresent() ? MirrorNote.parse(file.get()) : Optional.empty();
        } catch (TooLargeException e) {
            note = Optional.empty();
        }
        try {
            return new LocalCopy(folder, new ManifestReader(store).root(), note);
        } catch (MalformedDataException e) {
            return new LocalCopy(folder, Optional.empty(), note);
        }
    }

    Path folder() {
        return folder;
    }

    Optional<ManifestRoot> root() {
        return root;
    }

    Optional<MirrorNote> note() {
        return note;
    }

    ManifestReader manifest() {
        return new ManifestReader(store);
    }

    Optional<HipsProperties> properties() throws IOException {
        Optional<byte[]> file = store.read("properties", HipsProperties.MAX_BYTES);
        return file.isPresent() ? Optional.of(HipsProperties.parse(file.get(), "properties")) : Optional.empty();
    }

    /** Tells whether there are files of which no manifest tells. */
    boolean isUnlisted() throws IOException {
        return root.isEmpty() && Files.isRegularFile(folder.resolve("properties"));
    }

    long files() {
        return root.map(ManifestRoot::fileCount).orElse(0L);
    }

    Optional<FileRecord> file(String name) {
        return root.map(r -> r.files().get(name));
    }

    Amount amount(TileTree tree) {
        return branch(tree).map(b -> new Amount(b.tiles(), b.bytes())).orElse(Amount.NONE);
    }

    private Optional<Branch> branch(TileTree tree) {
        return root.map(r -> r.trees().get(tree));
    }

    /** Reports the tiles of a tree, as far as the manifest here is sound. */
    void walk(TileTree tree, TileWalk.TileSink sink) throws IOException {
        Optional<Branch> branch = branch(tree);
        if (branch.isPresent()) {
            TileWalk.walkWhatIsSound(manifest(), tree, branch.get(), sink);
        }
    }

    Moc cells(TileTree tree) throws IOException {
        Moc.Builder cells = new Moc.Builder(tree.order());
        walk(tree, (cell, record) -> cells.add(tree.order(), cell));
        return cells.build();
    }

    ManifestLookup lookup() throws IOException {
        return ManifestLookup.of(store);
    }
}
