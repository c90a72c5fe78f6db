package org.hipsnode.mirror.source;

import java.util.Optional;
import org.hipsnode.check.Finding;
import org.hipsnode.manifest.ManifestName;

/**
 * A manifest's root that is at a source and cannot be read.
 *
 * @param etag by which the server tells it from others
 * @param message for whoever may see to it
 */
public record DamagedRoot(Optional<String> etag, String message) {
    private static final String MEANING =
            "the origin's manifest cannot be read, so its files are copied as from a server without one, "
                    + "with more requests and nothing to prove them by; its operator should make it anew: ";

    static DamagedRoot because(Optional<String> etag, String reason) {
        return new DamagedRoot(etag, MEANING + reason);
    }

    public Finding finding() {
        return new Finding(Finding.Severity.WARNING, "", ManifestName.ROOT, message);
    }
}
