package org.hipsnode.mirror.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A credential to be shown to one node, which no message shows. */
public final class Secret {
    /** What is expected where a credential is; for messages. */
    public static final String EXPECTED = "one line with a token, or with a name, a colon and a password";

    private final String header;

    private Secret(String header) {
        this.header = header;
    }

    /** Reads a credential, a token or a name and a password joined by a colon; empty if it is none. */
    public static Optional<Secret> parse(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.length() > 4096 || line.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        int colon = line.indexOf(':');
        if (colon > 0) {
            return Optional.of(
                    new Secret("Basic " + Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8))));
        }
        return line.matches("[A-Za-z0-9._~+/-]+=*") ? Optional.of(new Secret("Bearer " + line)) : Optional.empty();
    }

    String header() {
        return header;
    }

    /** Returns what shows the credential to a server that is read. */
    public Authorization authorization() {
        return Authorization.of(header);
    }

    @Override
    public String toString() {
        return header.substring(0, header.indexOf(' ')) + " ...";
    }
}
