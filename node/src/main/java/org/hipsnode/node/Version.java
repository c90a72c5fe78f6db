package org.hipsnode.node;

/** The version of this program. */
public final class Version {
    /** Name and version, as {@code hips_builder} and the User-Agent have them. */
    public static final String NAME = "hipsnode/" + number();

    private Version() {}

    private static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
