package org.hipsnode.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    private static final List<String> KNOWN = List.of("tile-width", "order", "formats", "frame", "title", "id");

    @ParameterizedTest
    @CsvSource({
        "tilewidth, tile-width",
        "tile_width, tile-width",
        "tilte, title",
        "fromats, formats",
        "fram, frame",
        "orders, order",
        "di, ''",
        "xyz, ''",
        "completely-different, ''",
        "'', ''"
    })
    void findsTheWordThatWasMeant(String word, String expected) {
        assertThat(NearestWord.to(word, KNOWN).orElse("")).isEqualTo(expected);
    }

    @Test
    void takesTheFirstInTheAlphabetOfTwoThatAreAsNear() {
        assertThat(NearestWord.to("frams", List.of("frame", "frama"))).contains("frama");
        assertThat(NearestWord.to("frams", List.of("frama", "frame"))).contains("frama");
    }

    @Test
    void findsNothingAmongNothing() {
        assertThat(NearestWord.to("order", Set.of())).isEmpty();
    }

    @Property
    void aKnownWordIsNearestToItself(@ForAll @AlphaChars @StringLength(min = 1, max = 12) String word) {
        assertThat(NearestWord.to(word, List.of("other", word, "order"))).contains(word);
    }
}
