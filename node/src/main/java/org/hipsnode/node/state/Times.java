package org.hipsnode.node.state;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Times as they are noted. */
final class Times {
    private Times() {}

    /** Reads one; empty if it is none. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
