package org.hipsnode.generate.engine;

import java.util.Locale;
import org.hipsnode.progress.Progress;
import org.jspecify.annotations.Nullable;

/** Shows Hipsgen's actions as phases of our progress. */
final class ActionPhases implements AutoCloseable {
    private final Progress progress;
    private final long tiles;
    private Progress.@Nullable Phase phase;

    /**
     * Prepares to show.
     *
     * @param tiles number of deepest tiles, by which Hipsgen measures each action
     */
    ActionPhases(Progress progress, long tiles) {
        this.progress = progress;
        this.tiles = tiles;
    }

    void hear(HipsgenLine line) {
        if (line.kind() == HipsgenLine.Kind.ACTION) {
            close();
            phase = progress.begin("hipsgen " + line.text().toLowerCase(Locale.ROOT), "tiles", tiles);
        } else if (line.kind() == HipsgenLine.Kind.PROGRESS && phase != null) {
            // it counts anew for the upper orders: never backwards here
            phase.add(Math.max(0, Math.round(line.fraction() * tiles) - phase.done()), 0);
        }
    }

    @Override
    public void close() {
        if (phase != null) {
            phase.close();
        }
    }
}
