package org.hipsnode.manifest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The names of all files of a survey with a manifest, the manifest's own too, and {@code properties} last; belongs to one thread
 * at a time.
 *
 * <p>They come in batches, an object of the manifest at a time, so that a hundred million tiles need no memory.
 */
public final class ManifestNames {
    private static final String LAST = "properties";

    private final ManifestReader reader;
    private final Iterator<Map.Entry<TileTree, Branch>> trees;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<String> others;

    /** An object that has not been read. */
    private record Step(Place place, Branch said) {}

    public ManifestNames(ManifestReader reader, ManifestRoot root) {
        this.reader = reader;
        this.trees = root.trees().entrySet().iterator();
        this.others = new ArrayList<>(root.files().keySet());
        this.others.add(ManifestName.ROOT);
        if (others.remove(LAST)) {
            others.add(LAST);
        }
    }

    /**
     * Returns the next names; none once all were returned.
     *
     * @throws IOException if the manifest is damaged: a list with gaps would pass for a whole one
     */
    public List<String> next() throws IOException {
        if (steps.isEmpty() && trees.hasNext()) {
            Map.Entry<TileTree, Branch> tree = trees.next();
            steps.push(new Step(tree.getKey().top(), tree.getValue()));
        }
        if (!steps.isEmpty()) {
            return read(steps.pop());
        }
        List<String> rest = List.copyOf(others);
        others.clear();
        return rest;
    }

    private List<String> read(Step step) throws IOException {
        List<String> names = new ArrayList<>();
        names.add(step.place().objectName(step.said().digest()));
        if (step.place().level() == 0) {
            addTiles(step, names);
        } else {
            addBelow(step);
        }
        return names;
    }

    /** The first below is the next to be read. */
    private void addBelow(Step step) throws IOException {
        List<Step> below = new ArrayList<>();
        reader.node(step.place(), step.said())
                .children()
                .forEach((number, branch) -> below.add(new Step(step.place().child(number), branch)));
        Collections.reverse(below);
        below.forEach(steps::push);
    }

    private void addTiles(Step step, List<String> names) throws IOException {
        ShardReading reading = reader.shard(step.place(), step.said());
        if (reading.defect().isPresent()) {
            throw reading.defect().get();
        }
        reading.shard()
                .pages()
                .forEach((number, page) -> page.cells().stream()
                        .mapToObj(cell ->
                                step.place().tree().name(step.place().firstCell() + (long) number * Page.CELLS + cell))
                        .forEach(names::add));
    }
}
