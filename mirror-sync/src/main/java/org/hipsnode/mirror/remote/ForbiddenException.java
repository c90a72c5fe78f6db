package org.hipsnode.mirror.remote;

import java.io.IOException;

/** A server says that we may not have a file (401, 403). */
public final class ForbiddenException extends IOException {
    private static final long serialVersionUID = 1L;

    ForbiddenException(String message) {
        super(message);
    }
}
