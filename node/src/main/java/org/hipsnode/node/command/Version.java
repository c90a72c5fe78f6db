package org.hipsnode.node.command;

/** The version of this program. */
final class Version {
    /** Name and version, as {@code hips_builder} and the User-Agent have them. */
    static final String NAME = "hipsnode/" + number();

    private Version() {}

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
