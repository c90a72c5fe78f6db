package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file could not be read to its end. */
public final class UnreadException extends IOException {
    /** The status by which a server says that a file has not so many bytes (RFC 9110 §15.5.17). */
    public static final int RANGE_NOT_SATISFIABLE = 416;

    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private final int status;
    private final @Nullable String retryAfter;

    private UnreadException(String message, int status, @Nullable String retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** What went wrong on the way. */
    public static UnreadException passing(String message) {
        return new UnreadException(message, 0, null, null);
    }

    static UnreadException passing(String message, Throwable cause) {
        return new UnreadException(message, 0, null, cause);
    }

    static UnreadException refused(String message, int status, Optional<String> retryAfter) {
        return new UnreadException(message, status, retryAfter.orElse(null), null);
    }

    /** Tells whether another try may help. */
    public boolean isPassing() {
        return status == 0 || status >= SERVER_ERROR || status == TOO_MANY;
    }

    /** Returns the status of the server's refusal; 0 if it did not refuse. */
    public int status() {
        return status;
    }

    /** Returns when the server asks us to come again, in its words. */
    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
