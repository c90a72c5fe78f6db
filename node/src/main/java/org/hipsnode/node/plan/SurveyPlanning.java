package org.hipsnode.node.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.generate.run.Generation;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.mirror.fetch.Pin;
import org.hipsnode.mirror.fetch.PinFile;
import org.hipsnode.node.config.MadeSurveys;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.Download;
import org.hipsnode.survey.SurveyDefinition;

/** Looks what is to be done about surveys that a node makes. */
public final class SurveyPlanning {
    /** The result of a run that put a release in its place. */
    public static final String PUBLISHED = "published";

    private final MadeSurveys settings;
    private final Means means;
    private final Optional<StateStore> state;

    /**
     * Prepares to look.
     *
     * @param state what was done before; empty if nothing was
     */
    public SurveyPlanning(MadeSurveys settings, Means means, Optional<StateStore> state) {
        this.settings = settings;
        this.means = means;
        this.state = state;
    }

    /** Decides what is to be done about a survey; nothing large is read. */
    public SurveyStep step(DeclaredSurvey survey) throws IOException {
        Map<String, String> now;
        try {
            SurveyDefinition definition = SurveyDefinition.read(survey.definition(), settings.sources());
            now = Ingredients.of(survey.definition(), definition, means.stores());
        } catch (ConfigException | MalformedDataException e) {
            return refusal(survey, e);
        } catch (IOException e) {
            return Files.exists(survey.definition())
                    ? refusal(survey, e)
                    : new SurveyStep(
                            survey,
                            SurveyStep.Action.REFUSE,
                            "'" + survey.definition() + "': expected a definition, found nothing",
                            Map.of());
        }
        Optional<PastRun> published = Optional.empty();
        Optional<PastRun> last = Optional.empty();
        if (state.isPresent()) {
            published = state.get().lastRun(StateStore.MAKE, survey.path(), PUBLISHED);
            last = state.get().lastRun(StateStore.MAKE, survey.path());
        }
        return SurveyStep.decide(
                survey, Files.isRegularFile(survey.folder().resolve("properties")), now, published, last);
    }

    private static SurveyStep refusal(DeclaredSurvey survey, IOException e) {
        return new SurveyStep(survey, SurveyStep.Action.REFUSE, String.valueOf(e.getMessage()), Map.of());
    }

    /**
     * Looks how much there would be to do: the sources that are here are opened.
     *
     * @throws IOException if they cannot be used
     */
    public Estimate estimate(DeclaredSurvey survey, Progress progress) throws IOException {
        SurveyDefinition definition = SurveyDefinition.read(survey.definition(), settings.sources());
        List<Download> lacking = definition.downloads().stream()
                .filter(download -> !Files.exists(download.place()))
                .toList();
        if (!lacking.isEmpty()) {
            PinFile pins = new PinFile(
                    survey.definition().toAbsolutePath().resolveSibling(".").normalize());
            long known = 0;
            for (Download download : lacking) {
                known += pins.pin(download.addresses()).map(Pin::bytes).orElse(0L);
            }
            return Estimate.ofFetching(
                    lacking.stream().map(d -> d.addresses().get(0).toString()).toList(), known);
        }
        try (Generation generation =
                Generation.prepare(definition, survey.name(), means.workers(), progress, means.stores())) {
            return Estimate.ofMaking(
                    generation.plan().expectedBytes(), pace(), generation.facts(survey.folder(), means.builder()));
        }
    }

    /** Returns the bytes a second of the runs so far. */
    private Optional<Double> pace() throws IOException {
        double bytes = 0;
        double seconds = 0;
        for (PastRun run : state.isPresent() ? state.get().lastRuns(StateStore.MAKE) : List.<PastRun>of()) {
            Optional<String> made = run.text("size").filter(text -> text.matches("\\d{1,18}"));
            if (run.result().equals(PUBLISHED)
                    && made.isPresent()
                    && run.length().isPresent()) {
                bytes += Double.parseDouble(made.get());
                seconds += run.length().get().toMillis() / 1e3;
            }
        }
        return seconds > 0 && bytes > 0 ? Optional.of(bytes / seconds) : Optional.empty();
    }
}
