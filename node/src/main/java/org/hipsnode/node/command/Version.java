package org.hipsnode.node.command;

import java.util.Optional;

/** The version of this program. */
final class Version {
    /** Name and version, as {@code hips_builder} and the User-Agent have them. */
    static final String NAME = "hipsnode/" + number();

    private Version() {}

    /** Returns the User-Agent of a node's mirrors. */
    static String mirrors(Optional<String> contact) {
        return NAME + " (mirror" + contact.map(c -> "; " + c).orElse("") + ")";
    }

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
