package org.hipsnode.mirror.transfer;

import java.net.URI;
import java.util.Optional;
import org.hipsnode.io.WebAddress;

/** Where a server sends us. */
final class Redirect {
    /** At most, one after the other. */
    static final int MOST = 5;

    private Redirect() {}

    static boolean isOne(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Returns the address; empty if it is none of the web, has a password, or is less safe than the one before. */
    static Optional<URI> target(URI from, String location) {
        if (location.isBlank()) {
            return Optional.empty();
        }
        try {
            String whole = from.resolve(location.trim()).toString().replaceFirst("#.*", "");
            return WebAddress.parse(whole)
                    .map(WebAddress::uri)
                    .filter(to ->
                            !"https".equalsIgnoreCase(from.getScheme()) || "https".equalsIgnoreCase(to.getScheme()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
