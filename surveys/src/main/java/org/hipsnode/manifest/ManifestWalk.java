package org.hipsnode.manifest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;

/**
 * Goes through a manifest, one thing after the other, and can rest anywhere: every file, and every object that cannot be read,
 * below which nothing is seen.
 *
 * <p>Tiles come tree by tree in NESTED sequence, then all other files by name. Memory is the tiles of one shard, and the nodes
 * above it.
 */
public final class ManifestWalk {
    private final ManifestReader reader;
    private final Deque<Reach> reaches = new ArrayDeque<>();
    private final Deque<Step> tiles = new ArrayDeque<>();
    private final Iterator<Map.Entry<String, FileRecord>> others;

    /** What is met. */
    public sealed interface Step {
        /** Returns the name of the file. */
        String name();
    }

    /** A file of the survey. */
    public record File(String name, FileRecord record) implements Step {}

    /**
     * An object of the manifest that is missing or damaged.
     *
     * @param place where it stands
     * @param said what its parent tells of it
     */
    public record Lost(String name, Place place, Branch said) implements Step {}

    private record Reach(Place place, Branch said) {}

    /** Begins at the root. */
    public ManifestWalk(ManifestReader reader, ManifestRoot root) {
        this.reader = reader;
        this.others = root.files().entrySet().iterator();
        root.trees().forEach((tree, branch) -> reaches.add(new Reach(tree.top(), branch)));
    }

    /** Returns what comes next; empty at the end. */
    public Optional<Step> next() throws IOException {
        while (tiles.isEmpty() && !reaches.isEmpty()) {
            Reach reach = reaches.pop();
            try {
                enter(reach.place, reach.said);
            } catch (MalformedDataException e) {
                return Optional.of(new Lost(reach.place.objectName(reach.said.digest()), reach.place, reach.said));
            }
        }
        if (!tiles.isEmpty()) {
            return Optional.of(tiles.pop());
        }
        return others.hasNext() ? Optional.of(file(others.next())) : Optional.empty();
    }

    private static Step file(Map.Entry<String, FileRecord> file) {
        return new File(file.getKey(), file.getValue());
    }

    /** Looks once more at an object that was lost and is there by now. */
    public void again(Lost lost) {
        reaches.push(new Reach(lost.place, lost.said));
    }

    private void enter(Place place, Branch said) throws IOException {
        if (place.level() == 0) {
            addTiles(place, said);
            return;
        }
        List<Map.Entry<Integer, Branch>> children =
                new ArrayList<>(reader.node(place, said).children().entrySet());
        for (int i = children.size() - 1; i >= 0; i--) {
            reaches.push(new Reach(
                    place.child(children.get(i).getKey()), children.get(i).getValue()));
        }
    }

    private void addTiles(Place place, Branch said) throws IOException {
        ShardReading shard = reader.shard(place, said);
        if (shard.defect().isPresent()) {
            throw new MalformedDataException("a damaged shard", shard.defect().get());
        }
        shard.shard().pages().forEach((number, page) -> {
            long first = place.firstCell() + (long) number * Page.CELLS;
            page.cells().stream()
                    .forEach(cell -> tiles.add(new File(
                            place.tree().name(first + cell), new FileRecord(page.bytes(cell), page.digest(cell)))));
        });
    }
}
