package org.hipsnode.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.demo.Rehearsal;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyPlanningTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Means MEANS = new Means("test", "test", 1, address -> {
        throw new IOException("'" + address + "' is far");
    });

    @TempDir
    private Path folder;

    private Path definition;

    @BeforeEach
    void writeADefinition() throws IOException {
        Rehearsal.nested(folder, 4);
        definition = Files.createDirectories(folder.resolve("defs")).resolve("sky.yaml");
        define("grey");
    }

    private void define(String colormap) throws IOException {
        Files.writeString(
                definition,
                "id: ivo://hipsnode.test/P/sky\nsource: {map: ../nested.fits}\ndisplay: {colormap: " + colormap
                        + "}\n");
    }

    private NodeConfig config(String... lines) throws IOException {
        return NodeConfig.read(
                Files.writeString(folder.resolve("node.yaml"), "data: data\n" + String.join("\n", lines)));
    }

    private DeclaredSurvey survey() throws IOException {
        return DeclaredSurvey.of(config("surveys: {maps: {definitions: defs}}")).get(0);
    }

    private SurveyStep step(StateStore state) throws IOException {
        return new SurveyPlanning(config().made(), MEANS, Optional.of(state)).step(survey());
    }

    /** Notes that a release was made of what is there now. */
    private void made(StateStore state) throws IOException {
        Files.createDirectories(folder.resolve("data/maps/sky"));
        Files.writeString(folder.resolve("data/maps/sky/properties"), "hips_order = 3\n");
        long run = state.begin(StateStore.MAKE, "maps/sky", NOON);
        state.end(
                run,
                NOON,
                SurveyPlanning.PUBLISHED,
                "",
                SurveyStep.noted(step(state).from()));
    }

    @Test
    void aSurveyIsMadeAnewWhenItsDefinitionOrSourceChangesAndThenOnly() throws IOException {
        try (StateStore state = StateStore.open(folder.resolve("data"))) {
            assertThat(step(state).action()).isEqualTo(SurveyStep.Action.MAKE);
            assertThat(step(state).why()).isEqualTo("nothing is here yet");
            made(state);
            assertThat(step(state).action()).isEqualTo(SurveyStep.Action.NOTHING);
            define("viridis");
            assertThat(step(state).action()).isEqualTo(SurveyStep.Action.MAKE);
            assertThat(step(state).why()).isEqualTo("the definition has changed");
            made(state);
            Files.setLastModifiedTime(folder.resolve("nested.fits"), FileTime.from(NOON));
            assertThat(step(state).why()).contains("nested.fits' has changed");
            Files.delete(folder.resolve("nested.fits"));
            assertThat(step(state).why()).contains("nested.fits' is gone");
        }
    }

    @Test
    void whatBecameOfTheLastRunIsSaid() throws IOException {
        try (StateStore state = StateStore.open(folder.resolve("data"))) {
            made(state);
            state.end(state.begin(StateStore.MAKE, "maps/sky", NOON), NOON, "failed", "disk", java.util.Map.of());
            assertThat(step(state).action()).isEqualTo(SurveyStep.Action.NOTHING);
            define("magma");
            assertThat(step(state).why()).isEqualTo("the definition has changed; the last run failed");
        }
    }

    @Test
    void aDefinitionThatCannotBeReadIsRefusedAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("defs/bad.yaml"), "id: ivo://hipsnode.test/P/b\nsorce: {map: a.fits}\n");
        NodeConfig config = config("surveys: {/: {definitions: defs}}");
        SurveyPlanning planning = new SurveyPlanning(config.made(), MEANS, Optional.empty());
        List<DeclaredSurvey> declared = DeclaredSurvey.of(config);
        assertThat(declared).extracting(DeclaredSurvey::path).containsExactly("bad", "sky");
        SurveyStep bad = planning.step(declared.get(0));
        assertThat(bad.action()).isEqualTo(SurveyStep.Action.REFUSE);
        assertThat(bad.why()).contains("bad.yaml").contains("source");
        assertThat(planning.step(declared.get(1)).action()).isEqualTo(SurveyStep.Action.MAKE);
    }

    @Test
    void howMuchThereIsToDoIsToldWithoutDoingIt() throws IOException {
        SurveyPlanning planning = new SurveyPlanning(config().made(), MEANS, Optional.empty());
        Estimate estimate = planning.estimate(survey(), new Progress(System::nanoTime));
        assertThat(estimate.bytes().orElseThrow()).isBetween(10_000L, 10_000_000L);
        assertThat(estimate.seconds().orElseThrow()).isPositive();
        assertThat(folder.resolve("data")).doesNotExist();

        Files.writeString(definition, "id: ivo://hipsnode.test/P/sky\nsource: {map: 'https://far.example/map.fits'}\n");
        Files.writeString(folder.resolve("defs/sources.lock"), "a".repeat(64) + " 1234 https://far.example/map.fits\n");
        Estimate far = planning.estimate(survey(), new Progress(System::nanoTime));
        assertThat(far.fetch()).containsExactly("https://far.example/map.fits");
        assertThat(far.fetchBytes()).isEqualTo(1234);
        assertThat(far.bytes()).isEmpty();
    }

    @Test
    void twoSurveysHaveTwoPaths() throws IOException {
        NodeConfig twice = config("surveys:", "  maps: {definitions: defs}", "  maps/sky: {definition: defs/sky.yaml}");
        assertThatThrownBy(() -> DeclaredSurvey.of(twice))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected a path of its own, found 'maps/sky'");
        NodeConfig nowhere = config("surveys: {maps: {definitions: none}}");
        assertThatThrownBy(() -> DeclaredSurvey.of(nowhere)).hasMessageContaining("expected a folder with definitions");
        Files.writeString(folder.resolve("defs/api.yaml"), "");
        NodeConfig reserved = config("surveys: {/: {definitions: defs}}");
        assertThatThrownBy(() -> DeclaredSurvey.of(reserved)).hasMessageContaining("rename the file");
    }
}
