package org.hipsnode.mirror.fetch;

import java.io.IOException;

/** A file is not the one that was pinned. */
final class DifferentException extends IOException {
    private static final long serialVersionUID = 1L;

    DifferentException(String message) {
        super(message);
    }
}
