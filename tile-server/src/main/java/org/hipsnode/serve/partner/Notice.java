package org.hipsnode.serve.partner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What another node tells: that a survey was published there.
 *
 * <p>It is a hint and nothing more. Where the survey lies and what it is are asked of the origin that this node's own configuration names.
 *
 * @param path of the survey on that node
 * @param id its {@code creator_did}
 */
public record Notice(String path, Optional<String> id) {
    public static final int MAX_BYTES = 4096;
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a notice; empty if it is none. Names that are not known are passed over. */
    public static Optional<Notice> parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Optional.empty();
        }
        Map<String, String> texts = new HashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
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
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(texts.get("path"))
                .filter(path -> !path.isEmpty())
                .map(path -> new Notice(path, Optional.ofNullable(texts.get("id"))));
    }
}
