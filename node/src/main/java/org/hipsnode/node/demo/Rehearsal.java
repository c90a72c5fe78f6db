package org.hipsnode.node.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hipsnode.generate.run.Generation;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.progress.Progress;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.survey.SurveyDefinition;
import org.hipsnode.tile.TileFormat;

/** A short run of the whole generation, to warm up by. */
public final class Rehearsal {
    private static final int ORDER = 6;

    private Rehearsal() {}

    /** Makes a survey of 64 × 64 pixels a base cell in every format. */
    public static void run(Path folder, String builder) throws IOException {
        Progress progress = new Progress(System::nanoTime);
        Path map = folder.resolve("sky.fits");
        AtomicFiles.write(map, DemoSky.fits(ORDER, progress));
        SurveyDefinition definition = new SurveyDefinition(
                new SurveyDefinition.MapFile(map, OptionalInt.empty(), Optional.empty(), Optional.empty()),
                SurveyDefinition.Tiles.of(
                        List.of(TileFormat.PNG, TileFormat.FITS, TileFormat.JPEG),
                        OptionalInt.empty(),
                        OptionalInt.empty()),
                SurveyDefinition.Display.FROM_DATA,
                HipsProperties.empty());
        int workers = Runtime.getRuntime().availableProcessors();
        try (Generation generation = Generation.prepare(definition, "rehearsal", workers, progress)) {
            generation.make(folder.resolve("survey"), workers, progress, builder);
        }
    }
}
