package org.hipsnode.manifest;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.store.MemoryStore;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TreeName;

/** Finds single tiles in a manifest; for many threads, and soon if tiles that are near each other are asked for together. */
public final class ManifestLookup {
    private static final int KEPT_SHARDS = 64;

    private final ManifestReader reader;
    private final Optional<ManifestRoot> root;
    private final Map<Place, Optional<Shard>> shards = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Optional<Shard>> eldest) {
            return size() > KEPT_SHARDS;
        }
    };

    private ManifestLookup(ManifestReader reader, Optional<ManifestRoot> root) {
        this.reader = reader;
        this.root = root;
    }

    /** Returns one that knows no tile. */
    public static ManifestLookup none() {
        return new ManifestLookup(new ManifestReader(new MemoryStore(Map.of())), Optional.empty());
    }

    /** Opens the manifest of a survey; one that is missing or damaged knows no tile. */
    public static ManifestLookup of(SurveyStore store) throws IOException {
        ManifestReader reader = new ManifestReader(store);
        try {
            return new ManifestLookup(reader, reader.root());
        } catch (MalformedDataException e) {
            return new ManifestLookup(reader, Optional.empty());
        }
    }

    /** Returns what the manifest says of a tile; empty if it does not know it, or is damaged there. */
    public synchronized Optional<FileRecord> find(TreeName.Tile tile) throws IOException {
        TileTree tree = TileTree.of(tile);
        Optional<Branch> top = root.map(r -> r.trees().get(tree));
        if (top.isEmpty()) {
            return Optional.empty();
        }
        long cell = tile.address().index();
        Place place = Place.ofShard(tree, cell);
        Optional<Shard> shard = shards.get(place);
        if (shard == null) {
            shard = read(place, tree.top(), top.get());
            shards.put(place, shard);
        }
        return shard.flatMap(found -> record(found, cell - place.firstCell()));
    }

    private static Optional<FileRecord> record(Shard shard, long inShard) {
        Optional<Page> page = Optional.ofNullable(shard.pages().get((int) (inShard / Page.CELLS)));
        int inPage = (int) (inShard % Page.CELLS);
        return page.filter(p -> p.cells().get(inPage)).map(p -> new FileRecord(p.bytes(inPage), p.digest(inPage)));
    }

    private Optional<Shard> read(Place wanted, Place top, Branch said) throws IOException {
        Place place = top;
        Branch branch = said;
        try {
            while (place.level() > 0) {
                int below = Place.LOG2_CHILDREN * (place.level() - 1);
                int number = (int) (wanted.index() >> below) & (Place.CHILDREN - 1);
                Optional<Branch> child = Optional.ofNullable(
                        reader.node(place, branch).children().get(number));
                if (child.isEmpty()) {
                    return Optional.empty();
                }
                place = place.child(number);
                branch = child.get();
            }
            return Optional.of(reader.shard(place, branch).shard());
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }
}
