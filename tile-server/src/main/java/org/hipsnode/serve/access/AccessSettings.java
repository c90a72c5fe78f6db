package org.hipsnode.serve.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who may see private surveys, and from where.
 *
 * @param credentials the file of credentials; without one nobody may
 * @param allowedOrigins of pages that may show private surveys to those who may see them
 */
public record AccessSettings(Optional<Path> credentials, Set<String> allowedOrigins) {
    public static final AccessSettings NOBODY = new AccessSettings(Optional.empty(), Set.of());

    public AccessSettings {
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
