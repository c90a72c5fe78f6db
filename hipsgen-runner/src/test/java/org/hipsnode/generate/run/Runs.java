package org.hipsnode.generate.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition;

/** Makes surveys of definitions, whole or up to some tile, as the program does. */
final class Runs {
    static final String BUILDER = "hipsnode/test";

    private Runs() {}

    static Progress progress() {
        return new Progress(new AtomicLong()::incrementAndGet);
    }

    static Publication make(SurveyDefinition definition, Path to) throws IOException {
        return make(definition, to, 2);
    }

    static Publication make(SurveyDefinition definition, Path to, int workers) throws IOException {
        Progress progress = progress();
        try (Generation generation = Generation.prepare(definition, "x", workers, progress)) {
            return generation.make(to, workers, progress, BUILDER);
        }
    }

    /** Returns what would be made. */
    static Map<String, Object> facts(SurveyDefinition definition, Path to) throws IOException {
        try (Generation generation = Generation.prepare(definition, "x", 2, progress())) {
            return generation.facts(to, BUILDER);
        }
    }

    /** Cancels a run after some tiles. */
    static void stop(SurveyDefinition definition, Path to, int tiles) throws IOException {
        Progress progress = progress();
        try (Generation generation = Generation.prepare(definition, "x", 1, progress)) {
            assertThatThrownBy(() -> {
                        new Thread(() -> cancelAfter(progress, tiles)).start();
                        generation.make(to, 1, progress, BUILDER);
                    })
                    .isInstanceOf(CancellationException.class);
        }
    }

    private static void cancelAfter(Progress progress, int tiles) {
        while (progress.phases().stream().noneMatch(p -> p.name().equals("make tiles") && p.done() >= tiles)) {
            Thread.onSpinWait();
        }
        progress.cancel();
    }
}
