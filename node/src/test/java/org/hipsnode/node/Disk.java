package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small disk in memory, for those who may mount one. */
final class Disk {
    private Disk() {}

    /** Mounts one; false where that is not allowed. */
    static boolean mount(Path folder, String size) throws IOException {
        try {
            return Program.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "none", folder.toString()))
                            .code()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static void resize(Path folder, String size) throws IOException {
        Program.Ended ended = Program.run(List.of("mount", "-o", "remount,size=" + size, folder.toString()));
        if (ended.code() != 0) {
            throw new IOException("no other size: " + ended);
        }
    }

    /** Makes it so small that only some room is left. */
    static void leaveFree(Path folder, long kibibytes) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long used = disk.getTotalSpace() - disk.getUsableSpace();
        resize(folder, used / 1024 + kibibytes + "k");
    }

    static void unmount(Path folder) throws IOException {
        Program.run(List.of("umount", "-l", folder.toString()));
    }
}
