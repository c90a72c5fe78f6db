package org.hipsnode.serve.answer;

import java.util.Map;
import org.hipsnode.serve.request.ByteRange;

/**
 * A response: status, headers, and which part of the file or text is its body.
 *
 * @param headers by name, without those that every response has
 * @param body empty (length 0) where there is none to send; of {@link #UNMEASURED} length where that is not known before
 */
public record Answer(int status, Map<String, String> headers, ByteRange body) {
    static final long UNMEASURED = -1;

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Tells whether the length of the body is known before it is sent. */
    public boolean isMeasured() {
        return body.length() != UNMEASURED;
    }
}
