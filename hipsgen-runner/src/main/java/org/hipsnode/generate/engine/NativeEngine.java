package org.hipsnode.generate.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hipsnode.generate.plan.GenerationPlan;
import org.hipsnode.generate.pyramid.Pyramid;
import org.hipsnode.generate.source.TileSource;
import org.hipsnode.generate.write.TileWriter;
import org.hipsnode.progress.Progress;
import org.hipsnode.tile.AllskyLayout;

/** This program itself: every tile is made once, in one pass. */
final class NativeEngine implements GenerationEngine {

    @Override
    public Map<String, Object> facts(GenerationPlan plan, int workers) {
        return Map.of("engine", "native");
    }

    @Override
    public boolean canKeepTiles() {
        return true;
    }

    @Override
    public String make(GenerationPlan plan, List<TileSource> channels, Workplace workplace) throws IOException {
        try (Progress.Phase phase = workplace.progress().begin("make tiles", "tiles", plan.tileCount())) {
            for (int channel = 0; channel < channels.size(); channel++) {
                if (channel > 0) {
                    workplace.harvest().beginChannel();
                }
                make(plan, channels.get(channel), channel, workplace, phase);
            }
        }
        return "";
    }

    private static void make(
            GenerationPlan plan, TileSource source, int channel, Workplace workplace, Progress.Phase phase)
            throws IOException {
        TileWriter writer = new TileWriter(plan, source, channel, workplace.files());
        int order = plan.layout().order();
        Pyramid.TileSink sink = (address, data) -> {
            if (address.order() <= order) {
                workplace.harvest().accept(address, data);
                writer.accept(address, data);
            }
            workplace.files().complete(address);
            phase.add(address.order() <= order ? 1 : 0, workplace.files().bytesSinceAsked());
        };
        new Pyramid(source, plan.layout().tileWidth(), plan.tiles(), sink).run(workplace.workers());
        if (order >= AllskyLayout.USUAL_ORDER) {
            writer.write(workplace.harvest().mosaic(), workplace.workers());
        }
    }
}
