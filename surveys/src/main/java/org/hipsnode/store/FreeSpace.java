package org.hipsnode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room on the disk of a folder. */
public final class FreeSpace {
    private FreeSpace() {}

    /**
     * Returns how many bytes can be written where a folder is, or will be; where the system does not tell, as many as can be thought of:
     * in a chroot no mount is found for the root, and so no room.
     */
    public static long of(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
