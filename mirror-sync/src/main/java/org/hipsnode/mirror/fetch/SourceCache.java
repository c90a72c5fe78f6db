package org.hipsnode.mirror.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.store.FreeSpace;

/**
 * The folder of files from afar.
 *
 * @param quota bytes that it may hold; empty for as many as fit on the disk
 */
public record SourceCache(Path folder, OptionalLong quota) {

    /** A file's folder, with what it takes and when it was last used. */
    private record Held(Path folder, long bytes, long used) {}

    /**
     * Sees to it that a file may come: throws away what was not used for longest.
     *
     * @param file for messages
     * @param bytes of the whole file
     * @param used folders that stay, among them that of the file
     */
    void makeRoom(String file, long bytes, Path target, Set<Path> used) throws IOException {
        requireDisk(file, bytes, target);
        if (quota.isEmpty()) {
            return;
        }
        List<Held> others = new ArrayList<>(held());
        others.removeIf(entry -> entry.folder().equals(target));
        long sum = others.stream().mapToLong(Held::bytes).sum();
        others.removeIf(entry -> used.contains(entry.folder()));
        others.sort(Comparator.comparingLong(Held::used));
        for (Held entry : others) {
            if (sum + bytes > quota.getAsLong() && remove(entry.folder())) {
                sum -= entry.bytes();
            }
        }
        if (sum + bytes > quota.getAsLong()) {
            throw new IOException("'" + file + "' has " + bytes + " bytes: expected room for it in the cache '" + folder
                    + "' of " + quota.getAsLong() + " bytes, of which " + sum
                    + " are in use; allow more by --cache-size, or name another folder by --cache");
        }
    }

    private void requireDisk(String file, long bytes, Path target) throws IOException {
        long there = held(target).bytes();
        OptionalLong free = FreeSpace.of(folder);
        if (free.isPresent() && bytes - there > free.getAsLong()) {
            throw new IOException("'" + file + "' has " + bytes + " bytes: expected as many on the disk of the cache '"
                    + folder + "', found " + free.getAsLong() + "; name a folder on another disk by --cache");
        }
    }

    /** Removes an entry, unless somebody uses it. */
    private static boolean remove(Path entry) throws IOException {
        try (FileChannel lock = CacheEntry.tryLock(entry).orElse(null)) {
            if (lock == null) {
                return false;
            }
            AtomicFiles.deleteTree(entry);
        }
        return true;
    }

    private List<Held> held() throws IOException {
        List<Held> all = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                all.add(held(entry));
            }
        }
        return all;
    }

    private static Held held(Path entry) throws IOException {
        long bytes = 0;
        long used = 0;
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
                used = Math.max(used, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return new Held(entry, bytes, used);
    }
}
