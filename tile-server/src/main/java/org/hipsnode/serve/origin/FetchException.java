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
        UNREACHABLE(502, true, "cannot be reached"),
        /** The answer did not come in time. */
        TOO_SLOW(504, true, "does not answer in time"),
        /** The origin says that it cannot answer now. */
        FAILING(502, true, "says that it fails"),
        /** The origin asks to come later. */
        BUSY(503, true, "asks to come later"),
        /** What came is not what was asked for. */
        WRONG_CONTENT(502, false, "sent something else"),
        /** The origin, or a rule of ours, does not allow it. */
        REFUSED(502, false, "does not give this, or may not be asked"),
        /** The origin is this node. */
        LOOP(508, false, "is this node");

        private final int status;
        private final boolean ofOrigin;
        private final String words;

        Kind(int status, boolean ofOrigin, String words) {
            this.status = status;
            this.ofOrigin = ofOrigin;
            this.words = words;
        }

        /** Returns the status by which a gateway says so (RFC 9110 §15.6, RFC 5842 §7.2). */
        int status() {
            return status;
        }

        /** Returns what visitors are told, to whom addresses and details are nothing. */
        String reason() {
            return "the origin of this survey " + words;
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
