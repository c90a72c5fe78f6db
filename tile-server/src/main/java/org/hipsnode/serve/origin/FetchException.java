package org.hipsnode.serve.origin;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an origin gave no file: classified once, so that others know whether to ask again. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** Nobody answers there, or the connection broke. */
        UNREACHABLE(502, true),
        /** The answer did not come in time. */
        TOO_SLOW(504, true),
        /** The origin says that it cannot answer now. */
        FAILING(502, true),
        /** The origin asks to come later. */
        BUSY(503, true),
        /** What came is not what was asked for. */
        WRONG_CONTENT(502, false),
        /** The origin, or a rule of ours, does not allow it. */
        REFUSED(502, false),
        /** The origin is this node. */
        LOOP(508, false);

        private final int status;
        private final boolean ofOrigin;

        Kind(int status, boolean ofOrigin) {
            this.status = status;
            this.ofOrigin = ofOrigin;
        }

        /** Returns the status by which a gateway says so (RFC 9110 §15.6, RFC 5842 §7.2). */
        int status() {
            return status;
        }

        /** Tells whether other files would fare the same. */
        boolean concernsAllFiles() {
            return ofOrigin;
        }
    }

    private final Kind kind;
    private final Duration patience;

    public FetchException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, Duration.ZERO, cause);
    }

    FetchException(Kind kind, String message) {
        this(kind, message, Duration.ZERO, null);
    }

    FetchException(Kind kind, String message, Duration patience, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.patience = patience;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns for how long the origin asks not to be asked. */
    Duration patience() {
        return patience;
    }
}
