package org.hipsnode.mirror.remote;

import java.net.URI;
import java.util.Optional;
import org.hipsnode.io.WebAddress;

/** Where a server sends us. */
public final class Redirect {
    /** At most, one after the other. */
    public static final int MOST = 5;

    private Redirect() {}

    public static boolean isOne(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Returns the address; empty if it is none of the web, has a password, or is less safe than the one before. */
    public static Optional<URI> target(URI from, String location) {
        if (location.isBlank()) {
            return Optional.empty();
        }
        try {
            return safe(from, from.resolve(location.trim()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns an address if we may go there: one of the web, without a password, no less safe than the one before. */
    static Optional<URI> safe(URI from, URI to) {
        return WebAddress.parse(to.toString().replaceFirst("#.*", ""))
                .map(WebAddress::uri)
                .filter(uri -> Endpoint.of(uri).secure() || !Endpoint.of(from).secure());
    }
}
