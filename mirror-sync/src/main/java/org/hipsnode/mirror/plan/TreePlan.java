package org.hipsnode.mirror.plan;

import java.util.Optional;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.moc.Moc;

/**
 * What to do with the tiles of one order, format and channel; a tile here of which nothing is said is kept.
 *
 * @param fetch cells whose tile is not here, or is another there
 * @param ask cells whose tile is here and may be another there
 * @param delete cells whose tile is here and is not wanted any more
 * @param fetched the number of files in {@code fetch} and their size as far as it is known
 * @param changed how many of {@code fetch} are here, but are another there
 */
public record TreePlan(TileTree tree, Moc fetch, Moc ask, Moc delete, Amount fetched, Amount kept, long changed) {

    /**
     * Returns the plan for a source that can only be asked for tiles one by one.
     *
     * @param candidates cells that may have a tile there
     * @param here cells that have a tile here, with their size
     */
    public static TreePlan ofCandidates(TileTree tree, Moc candidates, Moc here, Amount amountHere) {
        Moc fetch = candidates.minus(here);
        Moc delete = here.minus(candidates);
        return new TreePlan(
                tree,
                fetch,
                candidates.intersection(here),
                delete,
                new Amount(fetch.countTouchedCells(tree.order()), 0),
                Amount.NONE,
                0);
    }

    /** Returns the plan that leaves all as it is. */
    public static TreePlan keeping(TileTree tree, Amount here) {
        Moc none = Moc.empty(tree.order());
        return new TreePlan(tree, none, none, none, Amount.NONE, here, 0);
    }

    /** Returns the plan that fetches some tiles, too, because those here are damaged. */
    public TreePlan fetchingToo(Moc damaged) {
        Moc more = damaged.minus(fetch).minus(delete);
        long number = more.countTouchedCells(tree.order());
        return new TreePlan(
                tree,
                fetch.union(more),
                ask.minus(more),
                delete,
                fetched.plus(new Amount(number, 0)),
                new Amount(Math.max(0, kept.files() - number), kept.bytes()),
                changed + number);
    }

    public long asked() {
        return ask.countTouchedCells(tree.order());
    }

    public long deleted() {
        return delete.countTouchedCells(tree.order());
    }

    public boolean changesNothing() {
        return fetch.isEmpty() && ask.isEmpty() && delete.isEmpty();
    }

    /** Tells whether a tile here is kept without a question. */
    public boolean keeps(long cell) {
        int order = tree.order();
        return !fetch.touchesCell(order, cell) && !ask.touchesCell(order, cell) && !delete.touchesCell(order, cell);
    }

    /** Builds the plan of a tree of which both sides tell every tile. */
    public static final class Builder {
        private final TileTree tree;
        private final Moc.Builder fetch;
        private final Moc.Builder delete;
        private Amount fetched = Amount.NONE;
        private Amount kept = Amount.NONE;
        private long changed;

        public Builder(TileTree tree) {
            this.tree = tree;
            this.fetch = new Moc.Builder(tree.order());
            this.delete = new Moc.Builder(tree.order());
        }

        /** Adds tiles that are equal on both sides. */
        public void same(long tiles, long bytes) {
            kept = kept.plus(new Amount(tiles, bytes));
        }

        /** Adds a cell: what is wanted there, and what is here. */
        public void compare(long cell, Optional<FileRecord> there, Optional<FileRecord> here) {
            if (there.isPresent() && there.equals(here)) {
                same(1, there.get().bytes());
            } else if (there.isPresent()) {
                fetch.add(tree.order(), cell);
                fetched = fetched.plus(new Amount(1, there.get().bytes()));
                changed += here.isPresent() ? 1 : 0;
            } else if (here.isPresent()) {
                delete.add(tree.order(), cell);
            }
        }

        public TreePlan build() {
            return new TreePlan(tree, fetch.build(), Moc.empty(tree.order()), delete.build(), fetched, kept, changed);
        }
    }
}
