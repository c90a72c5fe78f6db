package org.hipsnode.generate.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipsnode.SharedData;
import org.hipsnode.config.YamlMap;
import org.junit.jupiter.api.Test;

/** Editors offer the words for the display that the program knows, and no others. */
class SchemaWordsTest {
    private static List<String> words(String key) throws IOException {
        YamlMap schema = YamlMap.read(SharedData.project().resolve("surveys/definitions/definition.schema.json"));
        for (String name : List.of("properties", "display", "properties", key)) {
            schema = schema.map(name).orElseThrow();
        }
        return schema.texts("enum");
    }

    @Test
    void colourMaps() throws IOException {
        assertThat(words("colormap")).containsExactlyElementsOf(Colormap.names());
    }

    @Test
    void stretches() throws IOException {
        Stream<String> keywords = Arrays.stream(Stretch.values()).map(Stretch::keyword);
        assertThat(words("stretch"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(keywords, Stream.of("pow")).toList())
                .allMatch(word -> Stretch.ofWord(word).isPresent());
    }

    @Test
    void compositions() throws IOException {
        assertThat(words("composition"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ColourDisplay.Composition.values())
                        .map(ColourDisplay.Composition::keyword)
                        .toList());
    }
}
