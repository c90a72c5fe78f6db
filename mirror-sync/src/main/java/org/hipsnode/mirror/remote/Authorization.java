package org.hipsnode.mirror.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who we are to a server that does not let everybody read (RFC 6750, RFC 7617); its text for messages tells nothing. */
public final class Authorization {
    private final String header;

    private Authorization(String header) {
        if (header.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("a secret: expected printable ASCII characters, found others");
        }
        this.header = header;
    }

    public static Authorization bearer(String token) {
        return new Authorization("Bearer " + token);
    }

    public static Authorization basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Authorization("Basic " + Base64.getEncoder().encodeToString(both));
    }

    static Authorization of(String header) {
        return new Authorization(header);
    }

    /** Returns the value of the header {@code Authorization}. */
    public String header() {
        return header;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
