package org.hipsnode.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hipsnode.config.YamlMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definitions that come with the program, and the schema by which editors help. */
class DefinitionSchemaTest {
    private static final Path DEFINITIONS = Path.of("definitions");
    private static final String UNKNOWN = "qqqqqqqqqqqqqqqq";
    private static final String MAP = "source: {map: a.fits}\n";

    @TempDir
    private Path folder;

    /** Returns the keys that the reader knows, as it names them where it finds another. */
    private Set<String> known(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), yaml);
        Throwable refusal = catchThrowable(() -> SurveyDefinition.read(file));
        assertThat(refusal).hasMessageContaining(", expected one of ");
        String message = String.valueOf(refusal.getMessage());
        return new TreeSet<>(Set.of(
                message.substring(message.indexOf("expected one of ") + 16).split(", ")));
    }

    private static YamlMap schema() throws IOException {
        return YamlMap.read(DEFINITIONS.resolve("definition.schema.json"));
    }

    private static YamlMap inside(YamlMap map, String... keys) throws IOException {
        YamlMap inner = map;
        for (String key : keys) {
            inner = inner.map(key).orElseThrow();
        }
        return inner;
    }

    @Test
    void theSchemaHasTheKeysOfTheReaderAndNoOthers() throws IOException {
        assertThat(inside(schema(), "properties").keys()).hasSameElementsAs(known(MAP + UNKNOWN + ": 1"));
        for (String section : new String[] {"tiles", "display", "engine"}) {
            String name = section.equals("engine") ? "name: aladin, " : "";
            assertThat(inside(schema(), "properties", section, "properties").keys())
                    .hasSameElementsAs(known(MAP + section + ": {" + name + UNKNOWN + ": 1}"));
        }
    }

    @Test
    void theSchemaHasTheKeysOfAllKindsOfSources() throws IOException {
        Set<String> all = new TreeSet<>();
        for (String kind :
                new String[] {"map: a.fits", "map: a.fits, polarization: angle", "images: a", "hips: a", "body-map: a"
                }) {
            all.addAll(known("source: {" + kind + ", " + UNKNOWN + ": 1}"));
        }
        all.addAll(known("source: {red: {map: a}, green: {map: a}, blue: {map: a}, " + UNKNOWN + ": 1}"));
        assertThat(inside(schema(), "$defs", "source", "properties").keys()).hasSameElementsAs(all);
    }

    @Test
    void editorsCanTellWhatEachKeyMeans() throws IOException {
        YamlMap schema = schema();
        YamlMap top = inside(schema, "properties");
        assertDescribed(top);
        assertDescribed(inside(schema, "$defs", "source", "properties"));
        for (String section : top.keys()) {
            Optional<YamlMap> keys = inside(top, section).map("properties");
            if (keys.isPresent()) {
                assertDescribed(keys.get());
            }
        }
    }

    private static void assertDescribed(YamlMap keys) throws IOException {
        assertThat(keys.keys()).isNotEmpty();
        for (String key : keys.keys()) {
            assertThat(inside(keys, key).text("description")).as(key).isPresent();
        }
    }

    @Test
    void allDefinitionsAreReadAndNameTheSchemaAndWhatNobodyConfirmed() throws IOException {
        try (Stream<Path> files = Files.list(DEFINITIONS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                SurveyDefinition definition = SurveyDefinition.read(file);
                assertThat(Files.readString(file)).as("%s", file).startsWith("# yaml-language-server: $schema=");
                assertThat(definition.keywords().keys())
                        .as("%s", file)
                        .contains("creator_did", "obs_title", "obs_description", "obs_regime", "prov_progenitor");
                definition
                        .downloads()
                        .forEach(download -> assertThat(
                                        download.place().getFileName().toString())
                                .as("%s", file)
                                .matches(".*\\.(fits(\\.gz)?|lbl|img|tif)"));
            }
        }
    }
}
