package org.hipsnode.mirror.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.TileTree;
import org.hipsnode.mirror.plan.Selection;
import org.hipsnode.moc.Moc;
import org.hipsnode.moc.MocFits;
import org.hipsnode.moc.MocRotation;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.sky.Frame;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.tile.AllskyLayout;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;

/**
 * The files that a survey without manifest may have, as far as its properties and its coverage tell (HiPS 1.0 §4.1).
 *
 * @param coverage in the survey's frame; empty if the survey tells none, so that tiles are looked for below others
 */
public record PlainInventory(SurveyProperties survey, Selection selection, Optional<Moc> coverage) {
    private static final String COVERAGE = "Moc.fits";
    private static final List<String> COMPANIONS = List.of(
            COVERAGE, "SMoc.fits", "preview.jpg", "index.html", "metadata.xml", "metadata.fits", "metadata.txt");
    private static final int MOST_CHANNELS = 100_000;
    /** The most cells that a selection of candidates may have where nothing but asking tells of tiles. */
    private static final int MOST_ORDER = 29;

    /** Looks at what a survey says of itself. */
    public static PlainInventory of(SurveyStore store, SurveyProperties survey, Selection selection)
            throws IOException {
        return new PlainInventory(survey, selection, coverage(store, survey));
    }

    private static Optional<Moc> coverage(SurveyStore store, SurveyProperties survey) throws IOException {
        Optional<byte[]> file = store.read(COVERAGE, MocFits.MAX_BYTES);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return inFrameOf(survey, MocFits.read(file.get(), COVERAGE));
        } catch (MalformedDataException e) {
            return Optional.empty(); // as good as none
        }
    }

    /** A planet's coverage is in the planet's frame, whatever it says. */
    private static Optional<Moc> inFrameOf(SurveyProperties survey, MocFits.Content content) {
        Optional<Frame> from = content.frame();
        Optional<Frame> to = survey.frame();
        if (content.moc().isEmpty()) {
            return Optional.empty();
        }
        return from.isEmpty() || to.isEmpty() || from.equals(to)
                ? Optional.of(content.moc())
                : Optional.of(MocRotation.rotate(content.moc(), from.get(), to.get()));
    }

    /** Tells whether only the tiles that are found tell where to look for more: so it is with catalogues, too. */
    public boolean descends() {
        return survey.isCatalogue() || coverage.isEmpty();
    }

    /** Returns the trees that are wanted, by ascending order. */
    public SortedSet<TileTree> trees() {
        TreeSet<TileTree> trees = new TreeSet<>();
        int deepest = Math.min(Math.min(survey.order().orElse(0), MOST_ORDER), selection.maxOrder());
        for (int order = Math.max(lowestOrder(), selection.minOrder()); order <= deepest; order++) {
            for (TileFormat format : formats()) {
                for (int channel = 0; channel < channels(); channel++) {
                    trees.add(new TileTree(order, format, channel));
                }
            }
        }
        return trees;
    }

    private int lowestOrder() {
        return Math.max(0, survey.orderMin());
    }

    private List<TileFormat> formats() {
        return survey.formats().stream().filter(selection::hasFormat).toList();
    }

    private int channels() {
        return Math.max(
                1, Math.min(MOST_CHANNELS, survey.integer("hips_cube_depth").orElse(1)));
    }

    /** Returns the cells of an order that may have tiles. */
    public Moc candidates(int order) {
        return selection.within(coverage.orElseGet(() -> Moc.fullSky(order)).degraded(order), order);
    }

    /** Returns the names of the files that are no tiles, whether they are there or not. */
    public List<String> companions() {
        List<String> names = new ArrayList<>(COMPANIONS);
        if (selection.region().isEmpty()) {
            for (TileFormat format : formats()) {
                addAllsky(format, names);
            }
        }
        return names;
    }

    private void addAllsky(TileFormat format, List<String> names) {
        int deepest = Math.min(AllskyLayout.USUAL_ORDER, survey.order().orElse(0));
        for (int order = 0; order <= deepest; order++) {
            for (int channel = 0; channel < channels() && selection.has(order, format); channel++) {
                names.add(new TreeName.Allsky(order, channel, format).toString());
            }
            if (format == TileFormat.TSV) {
                names.add(TreeName.folder(order) + "/Allsky.xml"); // of catalogues before HiPS 1.0
            }
        }
    }
}
