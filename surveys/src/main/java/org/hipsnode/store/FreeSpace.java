package org.hipsnode.store;

import java.nio.file.Files;
import java.nio.file.Path;

/** The room on the disk of a folder. */
public final class FreeSpace {
    private FreeSpace() {}

    /** Returns how many bytes can be written where a folder is, or will be. */
    public static long of(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        // not by its file store, which is not found where the root is no mount: in a chroot
        return there.toFile().getUsableSpace();
    }
}
