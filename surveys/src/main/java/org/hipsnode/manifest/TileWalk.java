package org.hipsnode.manifest;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.io.MalformedDataException;

/** Goes through all tiles that a manifest tells of in one tree, by ascending cell; memory is one shard's. */
public final class TileWalk {
    private final ManifestReader reader;
    private final boolean passesOverDamage;
    private final TileSink sink;

    /** Receives a tile. */
    @FunctionalInterface
    public interface TileSink {
        void accept(long cell, FileRecord record) throws IOException;
    }

    private TileWalk(ManifestReader reader, boolean passesOverDamage, TileSink sink) {
        this.reader = reader;
        this.passesOverDamage = passesOverDamage;
        this.sink = sink;
    }

    /**
     * Reports the tiles of a tree.
     *
     * @param top what the root says of the tree
     * @throws org.hipsnode.io.MalformedDataException if an object of the manifest is missing or damaged
     */
    public static void walk(ManifestReader reader, TileTree tree, Branch top, TileSink sink) throws IOException {
        new TileWalk(reader, false, sink).below(tree.top(), top);
    }

    /** Reports the tiles of a tree as far as the manifest can be read. */
    public static void walkWhatIsSound(ManifestReader reader, TileTree tree, Branch top, TileSink sink)
            throws IOException {
        new TileWalk(reader, true, sink).below(tree.top(), top);
    }

    private void below(Place place, Branch said) throws IOException {
        if (place.level() == 0) {
            shard(place, shardAt(place, said));
            return;
        }
        for (Map.Entry<Integer, Branch> child : children(place, said).entrySet()) {
            below(place.child(child.getKey()), child.getValue());
        }
    }

    private Shard shardAt(Place place, Branch said) throws IOException {
        if (!passesOverDamage) {
            return reader.wholeShard(place, said);
        }
        try {
            return reader.shard(place, said).shard();
        } catch (MalformedDataException e) {
            return new Shard(place);
        }
    }

    private SortedMap<Integer, Branch> children(Place place, Branch said) throws IOException {
        try {
            return reader.node(place, said).children();
        } catch (MalformedDataException e) {
            if (!passesOverDamage) {
                throw e;
            }
            return new TreeMap<>();
        }
    }

    private void shard(Place place, Shard shard) throws IOException {
        for (Map.Entry<Integer, Page> page : shard.pages().entrySet()) {
            long first = place.firstCell() + (long) page.getKey() * Page.CELLS;
            for (int cell : page.getValue().cells().stream().toArray()) {
                sink.accept(first + cell, page.getValue().record(cell));
            }
        }
    }
}
