package org.hipsnode.mirror.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.Digests;
import org.hipsnode.io.FileLocks;
import org.hipsnode.store.LockedException;

/** One file of the cache, in use: nobody throws it or what lies beside it away until this is closed. */
final class CacheEntry implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final int MAX_NOTE = 200;
    private static final Pattern NOTE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (\\d{1,18})\n");

    private final Path place;
    private final FileChannel channel;

    private CacheEntry(Path place, FileChannel channel) {
        this.place = place;
        this.channel = channel;
    }

    /** Takes the entry of a file, making its folder. */
    static CacheEntry take(Path place) throws IOException {
        Path folder = place.resolveSibling(".").normalize();
        Files.createDirectories(folder);
        FileChannel channel =
                tryLock(folder).orElseThrow(() -> new LockedException(place.toString(), "another fetches or uses it"));
        return new CacheEntry(place, channel);
    }

    /** Returns the entry of another file in the same folder, which this one has locked. */
    CacheEntry beside(Path other) {
        return new CacheEntry(other, channel);
    }

    /** Locks the folder of an entry; empty if somebody uses it. */
    static Optional<FileChannel> tryLock(Path folder) throws IOException {
        return FileLocks.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Path note() {
        return place.resolveSibling(place.getFileName() + ".fetched");
    }

    /** Returns what the file is, by its note, or by reading it if it has been touched since. */
    Optional<Pin> content() throws IOException {
        if (!Files.isRegularFile(place)) {
            return Optional.empty();
        }
        String time = Long.toString(Files.getLastModifiedTime(place).toMillis());
        if (Files.exists(note())) {
            Matcher noted = NOTE.matcher(new String(BoundedReads.readFile(note(), MAX_NOTE), StandardCharsets.UTF_8));
            if (noted.matches() && noted.group(3).equals(time) && noted.group(2).equals("" + Files.size(place))) {
                Files.setLastModifiedTime(note(), FileTime.from(Instant.now()));
                return Optional.of(new Pin(noted.group(1), Files.size(place)));
            }
        }
        return Optional.of(remember());
    }

    /** Reads the file, and notes what it is. */
    Pin remember() throws IOException {
        Pin pin = new Pin(Digests.sha256(place), Files.size(place));
        String text = pin.sha256() + " " + pin.bytes() + " "
                + Files.getLastModifiedTime(place).toMillis() + "\n";
        AtomicFiles.write(note(), text.getBytes(StandardCharsets.UTF_8));
        return pin;
    }

    void remove() throws IOException {
        Files.deleteIfExists(place);
        Files.deleteIfExists(note());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
