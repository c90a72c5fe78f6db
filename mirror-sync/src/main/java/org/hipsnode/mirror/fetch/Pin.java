package org.hipsnode.mirror.fetch;

import java.nio.file.Path;

/**
 * What the bytes of a file are.
 *
 * @param sha256 in hexadecimal digits
 */
public record Pin(String sha256, long bytes) {
    @Override
    public String toString() {
        return "sha256 " + sha256 + " of " + bytes + " bytes";
    }

    /** Returns the refusal of other bytes. */
    DifferentException different(String address, Object found, Path lock) {
        return new DifferentException("'" + address + "': expected " + this + ", found " + found
                + "; if the archive has a new version that you want, remove the file's line from '" + lock
                + "' and run again");
    }
}
