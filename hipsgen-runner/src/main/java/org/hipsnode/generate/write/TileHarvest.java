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

    private final int order;
    private final AllskyMosaic mosaic;
    private final CoverageCollector coverage;

    public TileHarvest(GenerationPlan plan) {
        Layout layout = plan.layout();
        this.order = layout.order();
        int mosaicOrder = Math.min(AllskyLayout.USUAL_ORDER, order);
        this.mosaic = new AllskyMosaic(
                AllskyLayout.of(mosaicOrder, layout.tileWidth()), plan.pixels(), layout.tileWidth(), plan.tiles());
        int mocOrder = Math.min(layout.pixelOrder(), Math.max(order, USUAL_MOC_ORDER));
        this.coverage = new CoverageCollector(plan.pixels(), layout.tileWidth(), mocOrder);
    }

    /** Takes a tile of any order of the survey. */
    @Override
    public void accept(TileAddress address, byte[] data) {
        if (address.order() == order) {
            coverage.add(address, data);
        }
        mosaic.accept(address, data);
    }

    public Moc coverage() {
        return coverage.coverage();
    }

    /** Returns the least and the greatest physical value; not finite if there is none. */
    public double[] range() {
        return coverage.range();
    }

    public AllskyMosaic mosaic() {
        return mosaic;
    }
}
