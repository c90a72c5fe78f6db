package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.mirror.source.Completeness;
import org.hipsnode.mirror.transfer.Arrival;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** Takes what comes from the source: into the manifest, and into the account of what is there. */
final class Arrivals {
    private final StagedFiles staged;
    private final LocalCopy here;
    private final ManifestLookup mine;
    private final boolean descends;
    private final Problems problems = new Problems();
    private final SortedSet<TileTree> trees = new TreeSet<>();
    private final TreeMap<Integer, Moc.Builder> present = new TreeMap<>();
    private final TreeMap<Integer, Moc.Builder> ends = new TreeMap<>();
    private long gone;

    Arrivals(StagedFiles staged, LocalCopy here, boolean descends) throws IOException {
        this.staged = staged;
        this.here = here;
        this.mine = here.lookup();
        this.descends = descends;
    }

    void take(Arrival arrival) {
        try {
            taken(arrival);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void taken(Arrival arrival) throws IOException {
        String name = arrival.name();
        if (arrival instanceof Arrival.Stored stored) {
            staged.keepValidators(name, stored.validators());
            staged.add(name, stored.record());
            present(name);
        } else if (arrival instanceof Arrival.Unchanged) {
            if (staged.unchanged(name, recordHere(name))) {
                present(name);
            } else {
                problems.add(name, "it vanished here while the source was asked about it; run again");
            }
        } else if (arrival instanceof Arrival.Missing missing) {
            missing(missing.name());
        } else if (arrival instanceof Arrival.Failed failed) {
            problems.add(name, failed.reason());
        }
    }

    private void missing(String name) throws IOException {
        if (staged.isExpected()) {
            problems.add(name, "the source's manifest tells of it, but it is not there");
        } else if (recordHere(name).isPresent()) {
            gone++;
        }
    }

    private Optional<FileRecord> recordHere(String name) throws IOException {
        Optional<TreeName> tree = TreeName.parse(name);
        return tree.isPresent() && tree.get() instanceof TreeName.Tile tile ? mine.find(tile) : here.file(name);
    }

    private void present(String name) throws IOException {
        Optional<TreeName> tree = TreeName.parse(name);
        if (tree.isPresent() && tree.get() instanceof TreeName.Tile tile) {
            present(TileTree.of(tile), tile.address().index());
        }
    }

    /** Notes a tile that the new release has. */
    void present(TileTree tree, long cell) throws IOException {
        trees.add(tree);
        present.computeIfAbsent(tree.order(), Moc.Builder::new).add(tree.order(), cell);
        if (descends && tree.format() == TileFormat.TSV && Completeness.endsAt(staged.path(tree.name(cell)))) {
            ends.computeIfAbsent(tree.order(), Moc.Builder::new).add(tree.order(), cell);
        }
    }

    /** Tells whether no tile above an order was found. */
    boolean isBlind(int order) {
        return present.isEmpty() || present.firstKey() >= order;
    }

    /** Returns the cells of the first order with tiles, while it is being asked for; empty if none was found yet. */
    Optional<Moc> first() {
        return present.isEmpty() ? Optional.empty() : Optional.of(cells(present, present.firstKey()));
    }

    /** Returns the cells below tiles of the order above that may go on; empty if any cell may have a tile. */
    Optional<Moc> below(TileTree tree) {
        int above = tree.order() - 1;
        if (!descends || isBlind(tree.order())) {
            return Optional.empty();
        }
        Moc there = cells(present, above);
        return Optional.of(there.minus(cells(ends, above)));
    }

    private static Moc cells(Map<Integer, Moc.Builder> orders, int order) {
        return Optional.ofNullable(orders.get(order)).map(Moc.Builder::build).orElseGet(() -> Moc.empty(order));
    }

    Problems problems() {
        return problems;
    }

    /** Counts tiles here that the source is not asked about, since it has none above them any more. */
    void lost(long tiles) {
        gone += tiles;
    }

    /** Returns how many files here the source turned out not to have any more. */
    long gone() {
        return gone;
    }

    /** Returns the trees of which the release has tiles. */
    SortedSet<TileTree> trees() {
        return trees;
    }

    /** Returns the cells of the deepest order that have tiles. */
    Moc deepest() {
        return present.isEmpty() ? Moc.empty(0) : cells(present, present.lastKey());
    }
}
