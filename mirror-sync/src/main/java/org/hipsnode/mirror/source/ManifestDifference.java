package org.hipsnode.mirror.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Branch;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.Page;
import org.hipsnode.manifest.Place;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.plan.TreePlan;

/**
 * Compares the manifest of a far survey with that of the copy here, going down only where digests differ.
 *
 * <p>A far object that cannot be read ends it; one of ours that is damaged counts as missing, so that its tiles are fetched.
 */
public final class ManifestDifference {
    private final ManifestReader there;
    private final ManifestReader here;
    private final Selection selection;

    public ManifestDifference(ManifestReader there, ManifestReader here, Selection selection) {
        this.there = there;
        this.here = here;
        this.selection = selection;
    }

    /**
     * Returns what to do with the tiles of each tree that either side has.
     *
     * @param rootHere empty if there is no copy yet
     */
    public List<TreePlan> plan(ManifestRoot rootThere, Optional<ManifestRoot> rootHere) throws IOException {
        SortedMap<TileTree, Branch> treesHere =
                rootHere.map(ManifestRoot::trees).orElseGet(TreeMap::new);
        TreeSet<TileTree> trees = new TreeSet<>(treesHere.keySet());
        trees.addAll(rootThere.trees().keySet());
        List<TreePlan> plans = new ArrayList<>();
        for (TileTree tree : trees) {
            Optional<Branch> wanted = Optional.ofNullable(rootThere.trees().get(tree))
                    .filter(branch -> selection.has(tree.order(), tree.format()));
            TreePlan.Builder plan = new TreePlan.Builder(tree);
            compare(tree.top(), wanted, Optional.ofNullable(treesHere.get(tree)), plan);
            plans.add(plan.build());
        }
        return plans;
    }

    private void compare(Place place, Optional<Branch> branchThere, Optional<Branch> branchHere, TreePlan.Builder plan)
            throws IOException {
        Optional<Branch> wanted = branchThere.filter(branch -> isTouched(place));
        if (wanted.isEmpty() && branchHere.isEmpty()) {
            return;
        }
        if (wanted.isPresent() && wanted.equals(branchHere) && isCovered(place)) {
            plan.same(wanted.get().tiles(), wanted.get().bytes());
        } else if (place.level() == 0) {
            compareShards(place, wanted, branchHere, plan);
        } else {
            compareNodes(place, wanted, branchHere, plan);
        }
    }

    /** Where no one cell holds a place its parts are looked at. */
    private boolean isTouched(Place place) {
        return place.cellOrder() < 0 || selection.touches(place.cellOrder(), place.index());
    }

    private boolean isCovered(Place place) {
        return selection.region().isEmpty()
                || (place.cellOrder() >= 0 && selection.covers(place.cellOrder(), place.index()));
    }

    private void compareNodes(Place place, Optional<Branch> wanted, Optional<Branch> mine, TreePlan.Builder plan)
            throws IOException {
        SortedMap<Integer, Branch> childrenThere =
                wanted.isPresent() ? there.node(place, wanted.get()).children() : new TreeMap<>();
        SortedMap<Integer, Branch> childrenHere = new TreeMap<>();
        if (mine.isPresent()) {
            try {
                childrenHere = here.node(place, mine.get()).children();
            } catch (MalformedDataException e) {
                childrenHere = new TreeMap<>();
            }
        }
        TreeSet<Integer> numbers = new TreeSet<>(childrenThere.keySet());
        numbers.addAll(childrenHere.keySet());
        for (int number : numbers) {
            compare(
                    place.child(number),
                    Optional.ofNullable(childrenThere.get(number)),
                    Optional.ofNullable(childrenHere.get(number)),
                    plan);
        }
    }

    private void compareShards(Place place, Optional<Branch> wanted, Optional<Branch> mine, TreePlan.Builder plan)
            throws IOException {
        SortedMap<Integer, Page> pagesThere =
                wanted.isPresent() ? there.wholeShard(place, wanted.get()).pages() : new TreeMap<>();
        SortedMap<Integer, Page> pagesHere = new TreeMap<>();
        if (mine.isPresent()) {
            try {
                pagesHere = here.shard(place, mine.get()).shard().pages();
            } catch (MalformedDataException e) {
                pagesHere = new TreeMap<>();
            }
        }
        TreeSet<Integer> numbers = new TreeSet<>(pagesThere.keySet());
        numbers.addAll(pagesHere.keySet());
        for (int number : numbers) {
            long first = place.firstCell() + (long) number * Page.CELLS;
            comparePages(
                    place.tree().order(),
                    first,
                    Optional.ofNullable(pagesThere.get(number)),
                    Optional.ofNullable(pagesHere.get(number)),
                    plan);
        }
    }

    private void comparePages(
            int order, long first, Optional<Page> pageThere, Optional<Page> pageHere, TreePlan.Builder plan) {
        for (int i = 0; i < Page.CELLS; i++) {
            long cell = first + i;
            Optional<FileRecord> wanted = record(pageThere, i).filter(record -> selection.touches(order, cell));
            plan.compare(cell, wanted, record(pageHere, i));
        }
    }

    private static Optional<FileRecord> record(Optional<Page> page, int cell) {
        return page.filter(p -> p.has(cell)).map(p -> p.record(cell));
    }
}
