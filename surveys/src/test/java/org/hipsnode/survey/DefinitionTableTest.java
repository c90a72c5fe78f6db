package org.hipsnode.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.config.YamlMap;
import org.junit.jupiter.api.Test;

/** The table of all definitions in the documents says what the definitions say. */
class DefinitionTableTest {

    @Test
    void theTableHasEveryDefinitionAndNoOther() throws IOException {
        List<String> expected = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("definitions"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList()) {
                expected.add(row(file));
            }
        }
        List<String> found = Files.readAllLines(SharedData.project().resolve("docs/surveys.md")).stream()
                .filter(line -> line.startsWith("| ["))
                .toList();
        assertThat(found).containsExactlyElementsOf(expected);
    }

    @Test
    void everyDefinitionSaysWhatMetadataNeed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("definitions"))) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".yaml") && !f.toString().endsWith("demo.yaml"))
                    .toList()) {
                assertThat(SurveyDefinition.read(file).keywords().keys())
                        .as("%s", file)
                        .contains(
                                "obs_collection", "obs_description", "obs_regime", "em_min", "em_max", "t_min", "t_max")
                        .contains("bib_reference", "obs_ack", "obs_copyright", "obs_copyright_url", "hips_licence");
            }
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String row(Path file) throws IOException {
        YamlMap yaml = YamlMap.read(file);
        YamlMap source = yaml.map("source").orElseThrow();
        String first = Stream.of("map", "images", "body-map")
                .filter(source.keys()::contains)
                .map(key -> texts(source, key).get(0))
                .findFirst()
                .orElseThrow();
        return "| [" + name(file).replace(".yaml", "") + "](../surveys/definitions/" + name(file) + ") | "
                + yaml.requireText("title") + " | "
                + String.join(", ", yaml.map("properties").orElseThrow().texts("obs_regime")) + " | "
                + (first.startsWith("http") ? URI.create(first).getHost() : "`" + first + "`") + " |";
    }

    private static List<String> texts(YamlMap map, String key) {
        try {
            return map.texts(key);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
