package org.hipsnode.manifest;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hipsnode.store.FileName;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TreeName;

/**
 * Builds a manifest while the files are written; many threads may add, in any sequence, and the result is the same.
 *
 * <p>Memory is 20 bytes a tile in the shards that are open. Whoever adds says which are complete, by {@link #seal}.
 */
public final class ManifestWriter {
    private final ObjectSink objects;
    private final Map<TileTree, TreeWriter> trees = new ConcurrentHashMap<>();
    private final SortedMap<String, FileRecord> files = new ConcurrentSkipListMap<>();

    /** Receives the objects of the manifest, from many threads at once, each name once. */
    @FunctionalInterface
    public interface ObjectSink {
        void write(String name, byte[] object) throws IOException;
    }

    public ManifestWriter(ObjectSink objects) {
        this.objects = objects;
    }

    /** Adds a file. */
    public void add(String name, byte[] content) {
        add(name, new FileRecord(content.length, Digest.of(content)));
    }

    /** Adds a file of which size and digest are known. */
    public void add(String name, FileRecord record) {
        Optional<TreeName> parsed = TreeName.parse(FileName.require(name));
        if (parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile && record.bytes() <= Page.MAX_TILE_BYTES) {
            trees.computeIfAbsent(TileTree.of(tile), tree -> new TreeWriter(tree, objects))
                    .add(tile.address().index(), record.bytes(), record.digest());
        } else if (files.put(name, record) != null) {
            throw new IllegalStateException("'" + name + "' was added to the manifest twice");
        }
    }

    /** Says that no more tiles of an order will come between two cells, so that these need no more memory. */
    public void seal(int order, long firstCell, long endCell) throws IOException {
        for (Map.Entry<TileTree, TreeWriter> tree : trees.entrySet()) {
            if (tree.getKey().order() == order) {
                tree.getValue().seal(firstCell, endCell);
            }
        }
    }

    /**
     * Says that no more tiles will come below a cell, its own included: for those who make the tiles of a cell before the
     * cell's own.
     */
    public void sealBelow(TileAddress cell) throws IOException {
        int order = cell.order() + Place.LOG2_SHARD_CELLS / 2;
        seal(order, cell.index() << Place.LOG2_SHARD_CELLS, (cell.index() + 1) << Place.LOG2_SHARD_CELLS);
    }

    /**
     * Writes what is left of the objects and returns the root, which the caller writes when all else is in its place.
     *
     * @param previous the root of the release before; where nothing has changed since, it is returned itself
     */
    public ManifestRoot finish(
            Optional<String> creatorDid, Optional<String> releaseDate, Optional<ManifestRoot> previous)
            throws IOException {
        SortedMap<TileTree, Branch> tops = new TreeMap<>();
        for (Map.Entry<TileTree, TreeWriter> tree : trees.entrySet()) {
            tops.put(tree.getKey(), tree.getValue().finish());
        }
        ManifestRoot.Head head = new ManifestRoot.Head(
                creatorDid,
                releaseDate,
                previous.map(p -> p.head().generation()).orElse(0L) + 1,
                previous.map(ManifestRoot::digest));
        ManifestRoot root = ManifestRoot.of(head, tops, new TreeMap<>(files));
        return previous.filter(p -> p.isOf(creatorDid, releaseDate, root.content()))
                .orElse(root);
    }
}
