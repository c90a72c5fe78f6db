package org.hipsnode.manifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.manifest.ManifestWriter.ObjectSink;

/**
 * Builds the hash tree of one order, format and channel; many threads may add.
 *
 * <p>A shard is in memory from its first tile until it is sealed; afterwards only its digest is.
 */
final class TreeWriter {
    private final TileTree tree;
    private final ObjectSink objects;
    private final Map<Long, Shard> open = new HashMap<>();
    private final SortedMap<Long, Branch> sealed = new TreeMap<>();

    TreeWriter(TileTree tree, ObjectSink objects) {
        this.tree = tree;
        this.objects = objects;
    }

    synchronized void add(long cell, long bytes, Digest digest) {
        Place place = Place.ofShard(tree, cell);
        if (sealed.containsKey(place.index())) {
            throw new IllegalStateException(tree.name(cell) + " was added to the manifest after its shard was sealed");
        }
        open.computeIfAbsent(place.index(), i -> new Shard(place)).put(cell, bytes, digest);
    }

    /** Writes the shards that lie between two cells whole. */
    void seal(long firstCell, long endCell) throws IOException {
        for (Map.Entry<Long, Shard> shard : takeOpen(firstCell, endCell).entrySet()) {
            Place place = new Place(tree, 0, shard.getKey());
            byte[] encoded = shard.getValue().encode();
            Digest digest = Shard.digest(encoded);
            objects.write(place.objectName(digest), encoded);
            addSealed(
                    place.index(),
                    new Branch(
                            digest, shard.getValue().tiles(), shard.getValue().totalBytes()));
        }
    }

    private synchronized Map<Long, Shard> takeOpen(long firstCell, long endCell) {
        SortedMap<Long, Shard> taken = new TreeMap<>();
        open.forEach((index, shard) -> {
            Place place = new Place(tree, 0, index);
            if (place.firstCell() >= firstCell && place.endCell() <= endCell) {
                taken.put(index, shard);
            }
        });
        open.keySet().removeAll(taken.keySet());
        return taken;
    }

    private synchronized void addSealed(long index, Branch branch) {
        sealed.put(index, branch);
    }

    /** Writes what is left, and the nodes, and returns what the root has to say. */
    Branch finish() throws IOException {
        seal(0, tree.cells());
        SortedMap<Long, Branch> branches = sealed;
        for (int level = 1; level <= tree.top().level(); level++) {
            branches = writeNodes(level, branches);
        }
        return branches.values().iterator().next();
    }

    private SortedMap<Long, Branch> writeNodes(int level, SortedMap<Long, Branch> below) throws IOException {
        SortedMap<Long, Branch> branches = new TreeMap<>();
        List<Long> indices = new ArrayList<>(below.keySet());
        int at = 0;
        while (at < indices.size()) {
            long index = indices.get(at) >> Place.LOG2_CHILDREN;
            SortedMap<Long, Branch> inNode =
                    below.subMap(index << Place.LOG2_CHILDREN, (index + 1) << Place.LOG2_CHILDREN);
            branches.put(index, writeNode(new Place(tree, level, index), inNode));
            at += inNode.size();
        }
        return branches;
    }

    private Branch writeNode(Place place, SortedMap<Long, Branch> below) throws IOException {
        SortedMap<Integer, Branch> children = new TreeMap<>();
        below.forEach((index, branch) -> children.put((int) (index % Place.CHILDREN), branch));
        byte[] encoded = new Node(place, children).encode();
        Digest digest = Digest.of(encoded);
        objects.write(place.objectName(digest), encoded);
        return new Branch(
                digest,
                below.values().stream().mapToLong(Branch::tiles).sum(),
                below.values().stream().mapToLong(Branch::bytes).sum());
    }
}
