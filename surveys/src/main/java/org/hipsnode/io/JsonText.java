package org.hipsnode.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values as JSON: maps and lists nest, numbers and truths stay what they are, all else becomes text, as do numbers that JSON does
 * not know (NaN and the infinities).
 */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonFactory ASCII =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonText() {}

    /** Returns named values as an object on one line, in ASCII, so that no locale of a terminal or pipe can spoil it. */
    public static String line(Map<String, ?> values) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = ASCII.createGenerator(text)) {
            write(json, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Returns a value on lines that people can read too, in UTF-8. */
    public static byte[] lines(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
            json.setPrettyPrinter(printer);
            write(json, value);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Returns the texts at the top of an object, by name; what is no text is passed over. Empty if it is no object.
     *
     * @throws com.fasterxml.jackson.core.JacksonException if it is no JSON
     */
    public static Optional<Map<String, String>> texts(byte[] object) throws IOException {
        return top(object, false);
    }

    /**
     * Returns the texts at the top of an object, and the numbers as they are written, by name; what is neither is passed over. Empty
     * if it is no object.
     *
     * @throws com.fasterxml.jackson.core.JacksonException if it is no JSON
     */
    public static Optional<Map<String, String>> textsAndNumbers(byte[] object) throws IOException {
        return top(object, true);
    }

    private static Optional<Map<String, String>> top(byte[] object, boolean numbers) throws IOException {
        try (JsonParser json = JSON.createParser(object)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, String> texts = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING || (numbers && value != null && value.isNumeric())) {
                    texts.put(key, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            return Optional.of(texts);
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(text(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(text(value));
        }
    }

    /** Half a character, which strict readers refuse, becomes a question mark. */
    private static String text(Object value) {
        return new String(value.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
