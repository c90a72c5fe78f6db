package org.hipsnode.serve.partner;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.io.JsonText;

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

    /** Reads a notice; empty if it is none. Names that are not known are passed over. */
    public static Optional<Notice> parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return JsonText.texts(body).flatMap(Notice::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Notice> of(Map<String, String> texts) {
        return Optional.ofNullable(texts.get("path"))
                .filter(path -> !path.isEmpty())
                .map(path -> new Notice(path, Optional.ofNullable(texts.get("id"))));
    }
}
