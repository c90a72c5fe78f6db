package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestLookup;
import org.hipsnode.mirror.plan.FilePlan;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.MirrorPlan.Knowledge;
import org.hipsnode.mirror.plan.TreePlan;
import org.hipsnode.mirror.transfer.Transfer;
import org.hipsnode.mirror.transfer.TransferSummary;
import org.hipsnode.mirror.transfer.WantedFile;
import org.hipsnode.moc.Moc;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TreeName;

/**
 * Carries out a plan: what is kept is linked into the new release, the rest fetched into it, order by order from the top.
 *
 * <p>Memory is 20 bytes a tile of one order, besides the plan.
 */
final class Copying {
    /** As many cells as order 6 has, and some. */
    private static final long MOST_BLIND = 50_000;

    private final MirrorPlan plan;
    private final LocalCopy here;
    private final StagedFiles staged;
    private final Transfer transfer;
    private final Progress progress;
    private final ManifestLookup said;
    private final Arrivals arrivals;
    private TransferSummary summary = TransferSummary.NONE;

    Copying(
            MirrorPlan plan,
            LocalCopy here,
            StagedFiles staged,
            Transfer transfer,
            SurveyStore objects,
            Progress progress)
            throws IOException {
        this.plan = plan;
        this.here = here;
        this.staged = staged;
        this.transfer = transfer;
        this.progress = progress;
        this.said = plan.knowledge() == Knowledge.MANIFEST ? ManifestLookup.of(objects) : ManifestLookup.none();
        this.arrivals = new Arrivals(staged, here, plan.knowledge() != Knowledge.MANIFEST);
    }

    /** Copies everything, and returns what could not be had. */
    Problems run() throws IOException, InterruptedException {
        TreeMap<Integer, List<TreePlan>> orders = new TreeMap<>();
        plan.trees()
                .forEach(tree -> orders.computeIfAbsent(tree.tree().order(), o -> new ArrayList<>())
                        .add(tree));
        for (Map.Entry<Integer, List<TreePlan>> order : orders.entrySet()) {
            copyOrder(order.getKey(), order.getValue());
        }
        copyFiles();
        return arrivals.problems();
    }

    private void copyOrder(int order, List<TreePlan> trees) throws IOException, InterruptedException {
        List<Iterator<WantedFile>> wanted = new ArrayList<>();
        for (TreePlan tree : trees) {
            Moc lost = keep(tree);
            if (plan.knowledge() == Knowledge.DESCENT && arrivals.isBlind(order)) {
                search(tree, lost);
            } else {
                wanted.add(wanted(tree, lost));
            }
        }
        fetch(new Chain(wanted));
        staged.seal(order);
    }

    /** Where nothing tells of tiles one tree is asked for after the other, since the first that has some tells where the others may. */
    private void search(TreePlan tree, Moc lost) throws IOException, InterruptedException {
        int order = tree.tree().order();
        Moc missing = arrivals.first().map(tree.fetch()::intersection).orElse(tree.fetch());
        long cells = missing.countTouchedCells(order);
        if (cells > MOST_BLIND) {
            arrivals.problems()
                    .add(
                            TreeName.folder(order),
                            "no tile of an order before was found, and the source has neither a manifest nor Moc.fits: "
                                    + cells + " cells are not asked for one by one; choose a region or other orders");
        } else {
            fetch(cursor(tree, lost, missing.union(tree.ask()).union(lost)));
        }
    }

    /** Takes over what is kept, and returns the tiles that should have been here. */
    private Moc keep(TreePlan tree) throws IOException {
        int order = tree.tree().order();
        Moc.Builder lost = new Moc.Builder(order);
        try (Progress.Phase phase =
                progress.begin("keeping", "tiles", tree.kept().files())) {
            here.walk(tree.tree(), (cell, record) -> {
                if (!tree.keeps(cell)) {
                    return;
                }
                if (staged.keep(tree.tree().name(cell), record)) {
                    arrivals.present(tree.tree(), cell);
                } else {
                    lost.add(order, cell);
                }
                phase.add(1, 0);
            });
        }
        return lost.build();
    }

    private Iterator<WantedFile> wanted(TreePlan tree, Moc lost) {
        Moc cells = tree.fetch().union(tree.ask()).union(lost);
        Moc tried = arrivals.below(tree.tree()).map(cells::intersection).orElse(cells);
        arrivals.lost(tree.ask().minus(tried).countTouchedCells(tree.tree().order()));
        return cursor(tree, lost, tried);
    }

    private Iterator<WantedFile> cursor(TreePlan tree, Moc lost, Moc tried) {
        return new CellCursor(tried, tree.tree().order(), cell -> want(tree, lost, cell));
    }

    private Optional<WantedFile> want(TreePlan tree, Moc lost, long cell) throws IOException {
        String name = tree.tree().name(cell);
        Optional<FileRecord> record = said.find(tree.tree().tile(cell));
        boolean asks = tree.ask().touchesCell(tree.tree().order(), cell)
                && !lost.touchesCell(tree.tree().order(), cell);
        Optional<WantedFile> wanted = staged.want(name, record, asks);
        if (wanted.isEmpty()) {
            arrivals.present(tree.tree(), cell);
        }
        return wanted;
    }

    private void copyFiles() throws IOException, InterruptedException {
        List<WantedFile> wanted = new ArrayList<>();
        for (FilePlan file : plan.files()) {
            boolean kept = file.action() == FilePlan.Action.KEEP
                    && staged.keep(file.name(), here.file(file.name()).orElseThrow());
            if (file.action() != FilePlan.Action.DELETE && !kept) {
                staged.want(file.name(), file.said(), file.action() == FilePlan.Action.ASK)
                        .ifPresent(wanted::add);
            }
        }
        fetch(wanted.iterator());
    }

    private void fetch(Iterator<WantedFile> wanted) throws IOException, InterruptedException {
        if (!wanted.hasNext()) {
            return;
        }
        try {
            add(transfer.fetch(wanted, staged, arrivals::take, progress));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(TransferSummary more) {
        summary = new TransferSummary(
                summary.stored() + more.stored(),
                summary.unchanged() + more.unchanged(),
                summary.missing() + more.missing(),
                summary.failed() + more.failed(),
                summary.bytes() + more.bytes(),
                summary.requests() + more.requests());
    }

    TransferSummary summary() {
        return summary;
    }

    Arrivals arrivals() {
        return arrivals;
    }
}
