package org.hipsnode.serve.answer;

import java.util.Map;
import org.hipsnode.serve.request.ByteRange;

/**
 * A response: status, headers, and which part of the file or text is its body.
 *
 * @param headers by name, without those that every response has
 * @param body empty (length 0) where there is none to send
 */
public record Answer(int status, Map<String, String> headers, ByteRange body) {
    public Answer {
        headers = Map.copyOf(headers);
    }
}
