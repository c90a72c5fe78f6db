package org.hipsnode.io;

import java.io.IOException;

/** Something is larger than its kind can sensibly be. */
public final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    public TooLargeException(String name, long limit) {
        super("'" + name + "' is too large: at most " + limit + " bytes expected");
    }
}
