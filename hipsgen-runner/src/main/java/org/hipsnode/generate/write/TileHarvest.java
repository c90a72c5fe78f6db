package org.hipsnode.generate.write;

import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.plan.Layout;
import org.hipsnode.generate.pyramid.Pyramid.TileSink;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.AllskyLayout;
import org.hipsnode.tile.TileAddress;

/** What a whole survey needs of its tiles, gathered while they are made: coverage, range, mosaic; many threads may add. */
public final class TileHarvest implements TileSink {
    /** The order of MOCs that Hipsgen writes: fine enough for any viewer, small enough to be fetched first. */
    private static final int USUAL_MOC_ORDER = 7;

    /** Tiles of fewer cells are told apart by finer ones: by the usual ones a small field would be an edge all over. */
    private static final int FEW_CELLS = 1 << 14;

    private final GenerationPlan plan;
    private final CoverageCollector coverage;
    private final CloseUp closeUp;
    private AllskyMosaic mosaic;
    private AllskyMosaic shown;
    private int channel;

    public TileHarvest(GenerationPlan plan) {
        this.plan = plan;
        this.mosaic = newMosaic();
        this.shown = mosaic;
        this.closeUp = CloseUp.of(plan);
        this.coverage = new CoverageCollector(
                plan.pixels(), plan.planes(), plan.layout().tileWidth(), mocOrder(plan));
    }

    private static int mocOrder(GenerationPlan plan) {
        Layout layout = plan.layout();
        int order = Math.max(layout.order(), USUAL_MOC_ORDER);
        long cells = plan.tiles().countTouchedCells(layout.order()) << (2 * (order - layout.order()));
        for (; cells < FEW_CELLS && order < layout.pixelOrder(); cells *= 4) {
            order++;
        }
        return Math.min(layout.pixelOrder(), order);
    }

    private AllskyMosaic newMosaic() {
        int mosaicOrder = Math.min(AllskyLayout.USUAL_ORDER, plan.layout().order());
        int tileWidth = plan.layout().tileWidth();
        return new AllskyMosaic(
                AllskyLayout.of(mosaicOrder, tileWidth), plan.pixels(), plan.planes(), tileWidth, plan.tiles());
    }

    /** Says that the tiles that follow are of a cube's next channel. */
    public void beginChannel() {
        channel++;
        mosaic = newMosaic();
        if (channel == plan.firstChannel()) {
            shown = mosaic;
        }
    }

    /** Takes a tile of any order of the survey. */
    @Override
    public void accept(TileAddress address, byte[] data) {
        if (address.order() == plan.layout().order()) {
            coverage.add(address, data);
        }
        if (channel == plan.firstChannel() && closeUp.pixelOrder() > mosaic.pixelOrder()) {
            closeUp.accept(address, data);
        }
        mosaic.accept(address, data);
    }

    /** Returns where any channel has values. */
    public Moc coverage() {
        return coverage.coverage();
    }

    /** Returns the least and the greatest physical value; not finite if there is none. */
    public double[] range() {
        return coverage.range();
    }

    /** Returns the mosaic of the channel whose tiles came last. */
    public AllskyMosaic mosaic() {
        return mosaic;
    }

    /** Draws the preview, in which a small field is as large as a great one. */
    public byte[] preview(InitialView view) {
        ShownSky sky = closeUp.pixelOrder() > shown.pixelOrder() ? closeUp : shown;
        return new Preview(sky, plan.layout().frame(), plan.style().brush(plan.pixels())).draw(view);
    }
}
