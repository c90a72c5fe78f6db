package org.hipsnode.mirror.remote;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why there is no whole answer. */
public final class Fault extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** There is no connection to the server. */
        UNREACHABLE,
        /** The connection ended before the answer. */
        BROKEN,
        /** Nothing came for too long. */
        SILENT,
        /** Too little came. */
        SLOW,
        /** What came is no answer of HTTP. */
        NOT_HTTP,
        /** The server's certificate is not good. */
        NOT_TRUSTED,
        /** Its address is not one that we go to. */
        REFUSED
    }

    private final Kind kind;

    Fault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
