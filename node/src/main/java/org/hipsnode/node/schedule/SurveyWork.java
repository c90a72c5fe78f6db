package org.hipsnode.node.schedule;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.generate.run.Generation;
import org.hipsnode.generate.run.Publication;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.fetch.PinFile;
import org.hipsnode.mirror.fetch.SourceCache;
import org.hipsnode.mirror.fetch.SourceFetch;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.node.config.MadeSurveys;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.Ingredients;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.plan.SurveyStep;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.progress.Progress;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.KeptReleases;
import org.hipsnode.survey.Download;
import org.hipsnode.survey.SurveyDefinition;

/** Makes a survey: fetches what it needs, makes the release, and sees to it that earlier ones are kept. */
final class SurveyWork {
    private final MadeSurveys settings;
    private final Means means;

    SurveyWork(MadeSurveys settings, Means means) {
        this.settings = settings;
        this.means = means;
    }

    /**
     * A release that was made.
     *
     * @param facts what is noted of it
     */
    record Made(String message, Map<String, Object> facts) {}

    Made run(DeclaredSurvey survey, Progress progress) throws IOException {
        SurveyDefinition definition = SurveyDefinition.read(survey.definition(), settings.sources());
        SourceCache cache = new SourceCache(settings.sources(), settings.sourcesSize());
        try (SourceFetch fetch = new SourceFetch(cache, new HttpFiles(means.userAgent()), progress)) {
            PinFile pins = new PinFile(survey.definition().resolveSibling(".").normalize());
            for (Download download : definition.downloads()) {
                fetch.require(download, pins, true);
            }
            return make(survey, definition, progress);
        }
    }

    private Made make(DeclaredSurvey survey, SurveyDefinition definition, Progress progress) throws IOException {
        Map<String, String> from = Ingredients.of(survey.definition(), definition, means.stores());
        KeptReleases releases = KeptReleases.of(survey.folder());
        if (survey.keep() > 0) {
            releases.keep(survey.keep());
        }
        try (Generation generation =
                Generation.prepare(definition, survey.name(), means.workers(), progress, means.stores())) {
            Publication made = generation.make(survey.folder(), means.workers(), progress, means.builder());
            dropTwin(releases, survey);
            releases.keep(survey.keep());
            Map<String, Object> facts = new LinkedHashMap<>(SurveyStep.noted(from));
            facts.put("files", made.files());
            facts.put("size", Long.toString(made.bytes()));
            facts.put("kept", made.kept());
            root(new FolderStore(survey.folder())).ifPresent(content -> facts.put("content", content));
            return new Made(message(made, generation.warnings()), facts);
        }
    }

    private static String message(Publication made, List<String> warnings) {
        String notes = warnings.isEmpty() ? "" : "; note: " + String.join("; note: ", warnings);
        return made.files() + " files, " + Quantities.bytes((double) made.bytes()) + ", " + made.kept()
                + " tiles were there already" + notes;
    }

    /** A release that is the same to the last byte would take the place of one to which somebody may want to go back. */
    private static void dropTwin(KeptReleases releases, DeclaredSurvey survey) throws IOException {
        Optional<KeptReleases.Kept> before = releases.all().stream().findFirst();
        if (before.isPresent()
                && root(new FolderStore(survey.folder()))
                        .equals(root(new FolderStore(before.get().folder())))) {
            releases.drop(before.get());
        }
    }

    private static Optional<String> root(FolderStore release) throws IOException {
        return new ManifestReader(release).root().map(ManifestRoot::content).map(Object::toString);
    }
}
