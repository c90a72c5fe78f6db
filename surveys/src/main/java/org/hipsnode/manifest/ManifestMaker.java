package org.hipsnode.manifest;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.FileName;
import org.hipsnode.store.FolderPublication;
import org.hipsnode.store.FolderStore;
import org.hipsnode.tile.TreeName;
import org.hipsnode.work.OrderedWork;

/**
 * Makes the manifest of a survey that lies in a folder and has none, by reading every file once.
 *
 * <p>Tiles are taken in NESTED sequence, so that shards are written as they fill.
 */
public final class ManifestMaker {
    private final Path folder;
    private final SortedMap<TileTree, Moc.Builder> tiles = new TreeMap<>();
    private final List<String> others = new ArrayList<>();
    private final ManifestWriter writer = new ManifestWriter(this::writeObject);
    private Optional<Place> current = Optional.empty();

    private ManifestMaker(Path folder) {
        this.folder = folder;
    }

    /** A file that was read, and the shard that it stands in if it is a tile. */
    private record Digested(String name, Optional<Place> shard, FileRecord record) {}

    /**
     * Makes the manifest, and returns its root when it is in its place.
     *
     * @param creatorDid of the survey, if it has one
     * @param releaseDate of the survey, if it tells
     * @throws org.hipsnode.store.LockedException if another run has the survey
     */
    public static ManifestRoot make(
            Path folder, Optional<String> creatorDid, Optional<String> releaseDate, int workers, Progress progress)
            throws IOException {
        Closeable lock = FolderPublication.lock(folder);
        try (lock) {
            ManifestMaker maker = new ManifestMaker(folder);
            AtomicFiles.deleteTree(folder.resolve(ManifestName.OBJECTS)); // of a run that was killed
            maker.list(progress);
            maker.digest(workers, progress);
            ManifestRoot root = maker.writer.finish(creatorDid, releaseDate, Optional.empty());
            maker.writeObject(ManifestName.ROOT, root.toBytes());
            return root;
        }
    }

    private void list(Progress progress) throws IOException {
        try (Progress.Phase phase = progress.begin("list", "files", 0)) {
            new FolderStore(folder).list((name, bytes) -> {
                addName(name, bytes);
                phase.add(1, 0);
            });
        }
        if (Files.isRegularFile(folder.resolve(ManifestName.PROVENANCE))) {
            others.add(ManifestName.PROVENANCE);
        }
    }

    private void addName(String name, long bytes) throws IOException {
        if (!FileName.isValid(name)) {
            throw MalformedDataException.expected(
                    folder.resolve(name).toString(),
                    "a name that a survey's file may have",
                    "another: rename the file");
        }
        Optional<TreeName> parsed = TreeName.parse(name);
        if (parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile && bytes <= Page.MAX_TILE_BYTES) {
            tiles.computeIfAbsent(TileTree.of(tile), tree -> new Moc.Builder(tree.order()))
                    .add(tile.order(), tile.address().index());
        } else if (others.size() < ManifestRoot.MAX_ENTRIES) {
            others.add(name);
        } else {
            throw MalformedDataException.expected(
                    folder.toString(), "at most " + ManifestRoot.MAX_ENTRIES + " files that are no tiles", "more");
        }
    }

    private void digest(int workers, Progress progress) throws IOException {
        SortedMap<TileTree, Moc> built = new TreeMap<>();
        tiles.forEach((tree, cells) -> built.put(tree, cells.build()));
        long files = others.size();
        for (Map.Entry<TileTree, Moc> tree : built.entrySet()) {
            files += tree.getValue().countTouchedCells(tree.getKey().order());
        }
        try (Progress.Phase phase = progress.begin("digest", "files", files);
                OrderedWork<Digested> work = new OrderedWork<>(workers, this::add)) {
            for (Map.Entry<TileTree, Moc> tree : built.entrySet()) {
                giveTiles(tree.getKey(), tree.getValue(), work, phase);
            }
            for (String name : others) {
                work.give(() -> digest(name, Optional.empty(), phase));
            }
            work.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void giveTiles(TileTree tree, Moc cells, OrderedWork<Digested> work, Progress.Phase phase) {
        cells.forEachTouchedCell(tree.order(), (order, cell) -> {
            try {
                work.give(() -> digest(tree.name(cell), Optional.of(Place.ofShard(tree, cell)), phase));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Digested digest(String name, Optional<Place> shard, Progress.Phase phase) throws IOException {
        Path file = folder.resolve(name);
        FileRecord record = new FileRecord(Files.size(file), Digest.of(file));
        phase.add(1, record.bytes());
        return new Digested(name, shard, record);
    }

    private void add(Digested file) throws IOException {
        if (current.isPresent() && !current.equals(file.shard)) {
            Place done = current.get();
            writer.seal(done.tree().order(), done.firstCell(), done.endCell());
        }
        current = file.shard;
        writer.add(file.name, file.record);
    }

    private void writeObject(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        AtomicFiles.write(file, content);
    }
}
