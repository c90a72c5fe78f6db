package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hipsnode.node.demo.DemoSky;
import org.hipsnode.progress.Progress;

/** A survey of the demo's sky, made by the program for a test to copy. */
final class MadeSky {
    private MadeSky() {}

    /**
     * Makes the survey, or its next release, from a map beside it that is made the first time.
     *
     * @param folder where the map is
     * @param more flags of {@code generate}
     */
    static void generate(Path folder, Path survey, String... more) throws IOException {
        Path map = folder.resolve("map.fits");
        if (!Files.exists(map)) {
            DemoSky.write(map, new Progress(System::nanoTime));
        }
        List<Object> words = new ArrayList<>(List.of("generate", map, "--out", survey, "--map-frame", "equatorial"));
        words.addAll(List.of("--id", "ivo://hipsnode.test/P/sky", "--quiet"));
        words.addAll(List.of(more));
        Program.Ended made = Program.run(words.toArray());
        assertThat(made.code()).as(made.toString()).isZero();
    }
}
