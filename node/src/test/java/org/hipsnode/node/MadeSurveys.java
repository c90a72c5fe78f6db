package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hipsnode.generate.run.Generation;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.SurveyDefinition;

/** Surveys made within the test's own process, where many are needed and starting the program for each would take longest. */
final class MadeSurveys {
    private MadeSurveys() {}

    /**
     * Makes a survey.
     *
     * @param definition its text without an id
     */
    static Path make(Path folder, String name, String definition) throws IOException {
        Path survey = folder.resolve(name);
        Path file = Files.writeString(
                folder.resolve(name + ".yaml"), "id: ivo://hipsnode.test/P/" + name + "\n" + definition);
        Progress progress = new Progress(System::nanoTime);
        try (Generation generation = Generation.prepare(SurveyDefinition.read(file), name, 2, progress)) {
            generation.make(survey, 2, progress, "hipsnode/test");
        }
        return survey;
    }
}
