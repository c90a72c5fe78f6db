package org.hipsnode.generate.run;

import java.io.IOException;

/** A release that its check found wrong, so that there is nothing to go on with. */
final class RefusedReleaseException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedReleaseException(String message) {
        super(message);
    }
}
