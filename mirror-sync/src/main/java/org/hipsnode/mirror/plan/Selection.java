package org.hipsnode.mirror.plan;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hipsnode.healpix.HealpixGrid;
import org.hipsnode.io.Digests;
import org.hipsnode.moc.Moc;
import org.hipsnode.properties.SurveyProperties;
import org.hipsnode.tile.TileFormat;

/**
 * Which part of a survey is wanted: tiles of some orders and formats that touch a region.
 *
 * @param formats those wanted; empty for all
 * @param region in the survey's frame; empty for the whole sky
 */
public record Selection(int minOrder, int maxOrder, Set<TileFormat> formats, Optional<Moc> region) {
    public static final Selection ALL = new Selection(0, HealpixGrid.MAX_ORDER, Set.of(), Optional.empty());

    public Selection {
        if (minOrder < 0 || maxOrder > HealpixGrid.MAX_ORDER || minOrder > maxOrder) {
            throw new IllegalArgumentException("orders must be 0 to " + HealpixGrid.MAX_ORDER
                    + ", the lowest first, found " + minOrder + " to " + maxOrder);
        }
        formats = Set.copyOf(formats);
    }

    public boolean has(int order, TileFormat format) {
        return order >= minOrder && order <= maxOrder && hasFormat(format);
    }

    public boolean hasFormat(TileFormat format) {
        return formats.isEmpty() || formats.contains(format);
    }

    /** Returns those of some cells of an order that are wanted. */
    public Moc within(Moc cells, int order) {
        return region.map(r -> r.degraded(order).intersection(cells)).orElse(cells);
    }

    public boolean touches(int order, long cell) {
        return region.isEmpty() || region.get().touchesCell(order, cell);
    }

    /** Tells whether all tiles in a cell are wanted. */
    public boolean covers(int order, long cell) {
        return region.isEmpty() || region.get().containsCell(order, cell);
    }

    /** Tells whether less is wanted than a survey has. */
    public boolean reduces(SurveyProperties survey) {
        return region.isPresent()
                || minOrder > survey.orderMin()
                || maxOrder < survey.order().orElse(0)
                || survey.formats().stream().anyMatch(f -> !hasFormat(f));
    }

    /** Returns a text that is equal for equal selections. */
    @Override
    public String toString() {
        String sky = region.map(r -> Digests.sha256(r.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .orElse("whole");
        return "orders " + minOrder + "-" + maxOrder + " formats "
                + (formats.isEmpty() ? "all" : new TreeSet<>(formats)) + " region " + sky;
    }
}
