package org.hipsnode.mirror.remote;

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
}
