package org.hipsnode.serve.snapshot;

import java.util.Optional;
import org.hipsnode.moc.Moc;
import org.hipsnode.tile.TileAddress;

/**
 * Which tiles a release may have, as far as that is known without looking.
 *
 * @param coverage outside of which there is no tile; empty if none can be trusted
 * @param deepest order below which there is no tile
 */
record Presence(Optional<Moc> coverage, int deepest) {
    static final Presence UNKNOWN = new Presence(Optional.empty(), Integer.MAX_VALUE);

    boolean mayHave(TileAddress tile) {
        return tile.order() <= deepest
                && (coverage.isEmpty() || coverage.get().touchesCell(tile.order(), tile.index()));
    }
}
