package org.hipsnode.store;

import java.io.IOException;

/** Another run is writing the same survey. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1L;

    public LockedException(String survey, String owner) {
        super("'" + survey + "' is being written by another run (" + owner + "): wait for it, or stop it");
    }
}
