package org.hipsnode.mirror.remote;

import java.util.HashMap;
import java.util.Map;

/**
 * A GET request.
 *
 * @param target path and query
 */
public record Question(String target, Map<String, String> headers) {
    public Question {
        headers = Map.copyOf(headers);
    }

    Question withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Question(target, more);
    }
}
