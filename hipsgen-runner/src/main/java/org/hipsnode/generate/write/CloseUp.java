package org.hipsnode.generate.write;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.render.Brush;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.sky.UnitVector;
import org.hipsnode.tile.PixelOrder;
import org.hipsnode.tile.TileAddress;

/**
 * The tiles of the deepest order of which only a few cover the survey: they show a small field, of which an Allsky file has
 * hardly a pixel. Tiles may be put by many threads at once.
 */
final class CloseUp implements ShownSky {
    /** Of all tiles together: 32 MB of double numbers, and enough for a preview however the tiles lie. */
    private static final long MOST_PIXELS = 1 << 22;

    private final int order;
    private final int tileWidth;
    private final Map<Long, byte[]> tiles = new ConcurrentHashMap<>();

    private CloseUp(int order, int tileWidth) {
        this.order = order;
        this.tileWidth = tileWidth;
    }

    static CloseUp of(GenerationPlan plan) {
        int width = plan.layout().tileWidth();
        long most = MOST_PIXELS / ((long) width * width * plan.planes());
        int order = plan.layout().order();
        while (order > 0 && plan.tiles().countTouchedCells(order) > most) {
            order--;
        }
        return new CloseUp(order, width);
    }

    /** Takes a copy of a tile, if it is of the order that is shown. */
    void accept(TileAddress address, byte[] tile) {
        if (address.order() == order) {
            tiles.put(address.index(), tile.clone());
        }
    }

    @Override
    public int pixelOrder() {
        return order + Integer.numberOfTrailingZeros(tileWidth);
    }

    @Override
    public int colour(UnitVector direction, Brush brush) {
        long pixel = HealpixGrid.ofOrder(pixelOrder()).nestedAt(direction);
        int pixels = tileWidth * tileWidth;
        byte[] tile = tiles.get(pixel / pixels);
        return tile == null ? 0 : brush.colour(tile, PixelOrder.fitsOffset(tileWidth, pixel % pixels), pixels);
    }
}
