package org.hipsnode.mirror.transfer;

import java.util.Optional;

/** What a server said of the version of a file that it gave, so that it can be asked for a newer one only (RFC 9110 §8.8). */
public record Validators(Optional<String> etag, Optional<String> lastModified) {
    public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
}
