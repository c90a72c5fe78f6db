package org.hipsnode.mirror.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.mirror.source.ReleaseMark;

/**
 * What a mirror's folder says of where it comes from.
 *
 * @param origin address of the survey, without query
 * @param mark of the release that is here
 * @param releaseDate as the source says it
 * @param properties digest of the source's properties
 * @param selection which part is here, as text
 * @param lastRun when the source was last asked and had nothing else
 */
public record MirrorNote(
        String origin,
        ReleaseMark mark,
        Optional<String> releaseDate,
        String properties,
        String selection,
        String lastRun,
        Pace pace) {
    static final int MAX_BYTES = 1 << 16;
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FORMAT = "hipsnode-mirror";

    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeStringField("version", "1");
            json.writeStringField("origin", origin);
            json.writeStringField("release_file", mark.file());
            write(json, "release_etag", mark.etag());
            json.writeStringField("release_digest", mark.digest());
            json.writeStringField("release_dated", Boolean.toString(mark.dated()));
            write(json, "hips_release_date", releaseDate);
            json.writeStringField("properties", properties);
            json.writeStringField("selection", selection);
            json.writeStringField("last_run", lastRun);
            json.writeStringField("files_per_second", Double.toString(pace.filesPerSecond()));
            json.writeStringField("bytes_per_second", Double.toString(pace.bytesPerSecond()));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get());
        }
    }

    /** Reads a note; empty if it is damaged or of another version, and then the mirror is looked at as if it had none. */
    static Optional<MirrorNote> parse(byte[] file) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(file)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(key, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return of(texts);
    }

    private static Optional<MirrorNote> of(Map<String, String> texts) {
        boolean whole = FORMAT.equals(texts.get("format"))
                && "1".equals(texts.get("version"))
                && texts.containsKey("origin")
                && texts.containsKey("release_file")
                && texts.containsKey("release_digest")
                && texts.containsKey("selection");
        if (!whole) {
            return Optional.empty();
        }
        ReleaseMark mark = new ReleaseMark(
                texts.getOrDefault("release_file", ""),
                Optional.ofNullable(texts.get("release_etag")),
                texts.getOrDefault("release_digest", ""),
                Boolean.parseBoolean(texts.get("release_dated")));
        return Optional.of(new MirrorNote(
                texts.getOrDefault("origin", ""),
                mark,
                Optional.ofNullable(texts.get("hips_release_date")),
                texts.getOrDefault("properties", ""),
                texts.getOrDefault("selection", ""),
                texts.getOrDefault("last_run", ""),
                Pace.parse(texts.getOrDefault("files_per_second", ""), texts.getOrDefault("bytes_per_second", ""))));
    }

    MirrorNote at(String time) {
        return new MirrorNote(origin, mark, releaseDate, properties, selection, time, pace);
    }

    MirrorNote withPace(Pace measured) {
        return new MirrorNote(origin, mark, releaseDate, properties, selection, lastRun, measured);
    }
}
