package org.hipsnode.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.tile.TreeName;

/** The files that a manifest tells of, as far as it can be read: a bit for each tile. */
public final class KnownFiles {
    private static final int CELLS_TOGETHER = 4096;

    private final Set<String> names = new HashSet<>();
    private final Map<TileTree, Map<Long, BitSet>> tiles = new HashMap<>();
    private final Map<TileTree, TreeMap<Long, Long>> lost = new HashMap<>();
    private boolean objectsLost;

    void add(String name) {
        names.add(name);
    }

    /** Adds a file, which may be a tile. */
    public void addFile(String name) {
        Optional<TreeName> parsed = TreeName.parse(name);
        if (parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile) {
            addTile(TileTree.of(tile), tile.address().index());
        } else {
            add(name);
        }
    }

    void addTile(TileTree tree, long cell) {
        tiles.computeIfAbsent(tree, t -> new HashMap<>())
                .computeIfAbsent(cell / CELLS_TOGETHER, c -> new BitSet())
                .set((int) (cell % CELLS_TOGETHER));
    }

    /** Adds cells of which the manifest can no longer tell whether they have tiles. */
    void addLostTiles(TileTree tree, long firstCell, long endCell) {
        lost.computeIfAbsent(tree, t -> new TreeMap<>()).put(firstCell, endCell);
    }

    /** Says that the manifest can no longer tell which objects it has. */
    void addLostObjects() {
        objectsLost = true;
    }

    /** Tells whether a file is one that the manifest tells of, or may have told of where it is damaged. */
    public boolean mayHave(String name) {
        if (names.contains(name) || (objectsLost && ManifestName.isObject(name))) {
            return true;
        }
        Optional<TreeName> parsed = TreeName.parse(name);
        return parsed.isPresent() && parsed.get() instanceof TreeName.Tile tile && mayHave(tile);
    }

    private boolean mayHave(TreeName.Tile tile) {
        TileTree tree = TileTree.of(tile);
        long cell = tile.address().index();
        BitSet cells = tiles.getOrDefault(tree, Map.of()).getOrDefault(cell / CELLS_TOGETHER, new BitSet());
        Map.Entry<Long, Long> range = lost.getOrDefault(tree, new TreeMap<>()).floorEntry(cell);
        return cells.get((int) (cell % CELLS_TOGETHER)) || (range != null && cell < range.getValue());
    }
}
