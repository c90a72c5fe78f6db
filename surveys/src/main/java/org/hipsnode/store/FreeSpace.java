package org.hipsnode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The room on the disk of a folder. */
public final class FreeSpace {
    private FreeSpace() {}

    /**
     * Returns how many bytes can be written where a folder is, or will be; empty where the system does not tell: in a chroot no mount is
     * found for the root.
     */
    public static OptionalLong of(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return OptionalLong.of(Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
