package org.hipsnode.mirror.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hipsnode.check.Finding;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.mirror.plan.FilePlan;
import org.hipsnode.mirror.plan.MirrorPlan;
import org.hipsnode.mirror.plan.MirrorPlan.Knowledge;
import org.hipsnode.mirror.plan.MirrorPlan.Why;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.mirror.plan.TreePlan;
import org.hipsnode.mirror.source.ManifestDifference;
import org.hipsnode.mirror.source.PlainInventory;
import org.hipsnode.mirror.source.Source;
import org.hipsnode.moc.Moc;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/** Gathers what there is to know of both sides, and plans. */
final class Planning {
    /** Files that a mirror writes itself. */
    private static final String PROPERTIES = "properties";

    /** Formats of which a survey no longer tells come last. */
    private static final int MANY_FORMATS = 100;

    static final String COVERAGE = "Moc.fits";
    static final String ICRS_COVERAGE = "SMoc.fits";

    private final Source source;
    private final SurveyStore objects;
    private final LocalCopy here;
    private final MirrorRequest request;
    private final Set<String> damaged;

    /**
     * Prepares to plan.
     *
     * @param objects the source's manifest, as {@link Source#objects} gives it
     * @param damaged names of files here that count as missing
     */
    Planning(Source source, SurveyStore objects, LocalCopy here, MirrorRequest request, Set<String> damaged) {
        this.source = source;
        this.objects = objects;
        this.here = here;
        this.request = request;
        this.damaged = Set.copyOf(damaged);
    }

    /** Returns the plan of a run that finds the source as it was: every file that is here stays. */
    static MirrorPlan nothing(LocalCopy here, List<Finding> warnings) throws IOException {
        List<TreePlan> trees = new ArrayList<>();
        List<FilePlan> files = new ArrayList<>();
        if (here.root().isPresent()) {
            ManifestRoot root = here.root().get();
            trees.addAll(
                    new ManifestDifference(here.manifest(), here.manifest(), Selection.ALL).plan(root, here.root()));
            for (Map.Entry<String, FileRecord> file : root.files().entrySet()) {
                Optional<FileRecord> same = Optional.of(file.getValue());
                FilePlan.of(file.getKey(), same, same).ifPresent(files::add);
            }
        }
        return new MirrorPlan(Why.NOTHING, Knowledge.MANIFEST, trees, files, warnings);
    }

    MirrorPlan plan() throws IOException {
        Optional<ManifestRoot> manifest = source.manifest();
        MirrorPlan plan = manifest.isPresent() ? byManifest(manifest.get()) : byAsking();
        return damaged.isEmpty() ? plan : withDamage(plan);
    }

    private Why why() throws IOException {
        if (!damaged.isEmpty()) {
            return Why.DAMAGE;
        }
        Optional<MirrorNote> note = here.note();
        if (note.isEmpty()) {
            return here.root().isPresent() || here.isUnlisted() ? Why.ADOPTED : Why.FIRST;
        }
        if (!note.get().selection().equals(selection())) {
            return Why.SELECTION;
        }
        if (note.get().mark().isOfManifest() != source.mark().isOfManifest()) {
            return Why.KNOWLEDGE;
        }
        return note.get().mark().isSameAs(source.mark()) ? Why.ASKED : Why.RELEASE;
    }

    private Selection selection() {
        return request.selection();
    }

    private MirrorPlan byManifest(ManifestRoot root) throws IOException {
        ManifestDifference difference =
                new ManifestDifference(new ManifestReader(objects), here.manifest(), selection());
        TreeSet<String> names = new TreeSet<>(root.files().keySet());
        here.root().ifPresent(mine -> names.addAll(mine.files().keySet()));
        List<FilePlan> files = new ArrayList<>();
        for (String name : names) {
            if (!isMadeHere(name)) {
                Optional<FileRecord> there =
                        Optional.ofNullable(root.files().get(name)).filter(r -> isWanted(name));
                FilePlan.of(name, there, here.file(name)).ifPresent(files::add);
            }
        }
        return new MirrorPlan(why(), Knowledge.MANIFEST, difference.plan(root, here.root()), files, source.findings());
    }

    private boolean isMadeHere(String name) {
        return name.equals(PROPERTIES) || (selection().region().isPresent() && name.equals(COVERAGE));
    }

    /** An Allsky file shows the whole sky, and a second coverage tells of it: neither belongs to a part. */
    private boolean isWanted(String name) {
        Optional<TreeName> tree = TreeName.parse(name);
        boolean part = selection().region().isPresent();
        return tree.map(t -> selection().has(t.order(), t.format()) && (!part || t instanceof TreeName.Tile))
                .orElse(!part || !name.equals(ICRS_COVERAGE));
    }

    private MirrorPlan byAsking() throws IOException {
        PlainInventory inventory = PlainInventory.of(source.store(), source.survey(), selection());
        boolean sameTiles = isSameRelease();
        List<TreePlan> trees = new ArrayList<>();
        for (TileTree tree : inSequence(allTrees(inventory.trees()))) {
            trees.add(sameTiles ? TreePlan.keeping(tree, here.amount(tree)) : asking(tree, inventory));
        }
        TreeSet<String> names = new TreeSet<>(inventory.companions());
        here.root()
                .ifPresent(mine -> mine.files().keySet().stream()
                        .filter(name -> !name.equals(PROPERTIES))
                        .forEach(names::add));
        List<FilePlan> files = names.stream()
                .filter(name -> !isMadeHere(name))
                .flatMap(name -> filePlan(name, inventory).stream())
                .toList();
        Knowledge knowledge = inventory.descends() ? Knowledge.DESCENT : Knowledge.COVERAGE;
        return new MirrorPlan(why(), knowledge, trees, files, source.findings());
    }

    private Optional<FilePlan> filePlan(String name, PlainInventory inventory) {
        if (!inventory.companions().contains(name) || !isWanted(name)) {
            return FilePlan.of(name, Optional.empty(), here.file(name));
        }
        FilePlan asking = FilePlan.asking(name, here.file(name));
        return Optional.of(wasMadeHere(name) ? asking.fetching() : asking);
    }

    /** The coverage of a part is ours: the source cannot tell whether it is still the same. */
    private boolean wasMadeHere(String name) {
        return name.equals(COVERAGE)
                && here.note()
                        .filter(note -> note.selection().region().isPresent())
                        .isPresent();
    }

    private boolean isSameRelease() {
        return !request.policy().recheck()
                && here.note()
                        .filter(note -> note.mark().isSameAs(source.mark()))
                        .filter(note -> note.origin().equals(source.store().toString()))
                        .filter(note -> note.selection().equals(selection()))
                        .isPresent();
    }

    private SortedSet<TileTree> allTrees(SortedSet<TileTree> wanted) {
        SortedSet<TileTree> trees = new TreeSet<>(wanted);
        here.root().ifPresent(mine -> trees.addAll(mine.trees().keySet()));
        return trees;
    }

    /** Within an order the formats come as the survey lists them, the usual one first. */
    private List<TileTree> inSequence(SortedSet<TileTree> trees) {
        List<TileFormat> formats = source.survey().formats();
        return trees.stream()
                .sorted(Comparator.comparingInt(TileTree::order)
                        .thenComparingInt(tree -> Math.floorMod(formats.indexOf(tree.format()), MANY_FORMATS)))
                .toList();
    }

    private TreePlan asking(TileTree tree, PlainInventory inventory) throws IOException {
        Moc candidates =
                inventory.trees().contains(tree) ? inventory.candidates(tree.order()) : Moc.empty(tree.order());
        return TreePlan.ofCandidates(tree, candidates, here.cells(tree), here.amount(tree));
    }

    private MirrorPlan withDamage(MirrorPlan plan) {
        List<TreePlan> trees = plan.trees().stream()
                .map(tree -> tree.fetchingToo(damagedCells(tree.tree())))
                .toList();
        List<FilePlan> files = plan.files().stream()
                .map(file -> damaged.contains(file.name()) ? file.fetching() : file)
                .toList();
        return new MirrorPlan(plan.why(), plan.knowledge(), trees, files, plan.warnings());
    }

    private Moc damagedCells(TileTree tree) {
        Moc.Builder cells = new Moc.Builder(tree.order());
        for (String name : damaged) {
            TreeName.parse(name)
                    .filter(t ->
                            t instanceof TreeName.Tile tile && TileTree.of(tile).equals(tree))
                    .ifPresent(t -> cells.add(
                            tree.order(), ((TreeName.Tile) t).address().index()));
        }
        return cells.build();
    }
}
