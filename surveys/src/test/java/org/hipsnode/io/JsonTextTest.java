package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, read by a strict parser. */
class JsonTextTest {
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static JsonNode written(Map<String, ?> values) throws JsonProcessingException {
        return STRICT.readTree(JsonText.line(values));
    }

    @Test
    void keepsTheSequenceAndTheKindsOfValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", "CO map");
        values.put("order", 3);
        values.put("bytes", Long.MAX_VALUE);
        values.put("fraction", 0.5);
        values.put("tiny", 1e-300);
        values.put("whole", true);
        values.put("nested", Map.of("a", Map.of("b", 1)));
        values.put("list", List.of(1, List.of("a"), Map.of()));
        values.put("other", 'x');
        assertThat(JsonText.line(values))
                .isEqualTo(
                        "{\"title\":\"CO map\",\"order\":3,\"bytes\":9223372036854775807,\"fraction\":0.5,"
                                + "\"tiny\":1.0E-300,\"whole\":true,\"nested\":{\"a\":{\"b\":1}},\"list\":[1,[\"a\"],{}],\"other\":\"x\"}");
        assertThat(JsonText.line(Map.of())).isEqualTo("{}");
    }

    @Test
    void onLinesItIsTheSameForPeople() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", "étoile");
        values.put("nested", Map.of("list", List.of(1, 0.5, "\ud83c")));
        assertThat(new String(JsonText.lines(values), StandardCharsets.UTF_8)).isEqualTo("""
                {
                  "title" : "étoile",
                  "nested" : {
                    "list" : [ 1, 0.5, "?" ]
                  }
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void numbersThatJsonDoesNotKnowAreTexts(double number) throws JsonProcessingException {
        assertThat(written(Map.of("x", number)).get("x").textValue()).isEqualTo(Double.toString(number));
        assertThat(written(Map.of("x", (float) number)).get("x").textValue()).isEqualTo(Double.toString(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"quoted\" \\ and /",
                "line\nline\r\n\ttab\b\f",
                "\0\u0001\u001f\u007f",
                "étoile ☆ 漢 \ud83c\udf0c",
                "\u2028\u2029\u0085",
                "</script>"
            })
    void everyTextComesBackAndTheLineIsOneOfAscii(String text) throws JsonProcessingException {
        String line = JsonText.line(Map.of(text, text));
        assertThat(line).matches("[\\x20-\\x7f]+");
        assertThat(STRICT.readTree(line).get(text).textValue()).isEqualTo(text);
    }

    @Test
    void halfACharacterIsReplaced() throws JsonProcessingException {
        assertThat(written(Map.of("a\ud83cb", "\udf0c")).get("a?b").textValue()).isEqualTo("?");
    }

    @Property(tries = 300)
    void anyTextsAndNumbersComeBack(@ForAll Map<String, String> texts, @ForAll double number, @ForAll long whole)
            throws JsonProcessingException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("texts", texts);
        values.put("number", number);
        values.put("whole", whole);
        JsonNode found = written(values);
        assertThat(found.get("number").doubleValue()).isEqualTo(number);
        assertThat(found.get("whole").longValue()).isEqualTo(whole);
        assertThat(found.get("texts")).hasSize(texts.size());
        texts.forEach((key, text) ->
                assertThat(found.get("texts").get(key).textValue()).isEqualTo(text));
    }

    @Test
    void textsAreReadBackAndAllElseIsPassedOver() throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("title", "étoile");
        values.put("order", 3);
        values.put("nested", Map.of("title", "another"));
        values.put("list", List.of("a"));
        values.put("date", "2026");
        assertThat(JsonText.texts(JsonText.lines(values))).contains(Map.of("title", "étoile", "date", "2026"));
        assertThat(JsonText.texts("[\"a\"]".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(JsonText.texts(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":\"b\"", "{\"a\" \"b\"}", "{\"a\":}", "no"})
    void halfAnObjectIsNone(String text) {
        assertThatThrownBy(() -> JsonText.texts(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JacksonException.class);
    }
}
