package org.hipsnode.mirror.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.hipsnode.io.AtomicFiles;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.mirror.remote.RestOfFile;
import org.hipsnode.progress.Progress;
import org.jspecify.annotations.Nullable;

/** A file as far as it has come, with the server's word for its version, so that another try can go on. */
final class PartialFile implements RestOfFile, AutoCloseable {
    private static final int MAX_VALIDATOR = 1 << 14;
    private static final long MEGABYTE = 1_000_000;

    private final Path file;
    private final Path validatorFile;
    private final FileChannel channel;
    private final Room room;
    private final Progress progress;
    private String address = "";
    private Progress.@Nullable Phase phase;
    private OptionalLong size = OptionalLong.empty();

    /** Sees to it that a file of some size may come. */
    @FunctionalInterface
    interface Room {
        void require(long bytes) throws IOException;
    }

    PartialFile(Path place, Room room, Progress progress) throws IOException {
        this.file = partOf(place);
        this.validatorFile = place.resolveSibling(place.getFileName() + ".part-version");
        this.room = room;
        this.progress = progress;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.position(channel.size());
    }

    static Path partOf(Path place) {
        return place.resolveSibling(place.getFileName() + ".part");
    }

    Path file() {
        return file;
    }

    long length() throws IOException {
        return channel.size();
    }

    OptionalLong size() {
        return size;
    }

    /** Turns to a server, and returns its word for the version that has come so far, if it is from there. */
    Optional<String> validatorAt(String server) throws IOException {
        address = server;
        if (!Files.exists(validatorFile)) {
            return Optional.empty();
        }
        String[] lines =
                new String(BoundedReads.readFile(validatorFile, MAX_VALIDATOR), StandardCharsets.UTF_8).split("\n", 2);
        return lines.length == 2 && lines[0].equals(address) ? Optional.of(lines[1]) : Optional.empty();
    }

    /** Forgets what has come. */
    void restart() throws IOException {
        channel.truncate(0);
        channel.position(0);
        Files.deleteIfExists(validatorFile);
    }

    @Override
    public void begin(long from, OptionalLong whole, Optional<String> validator) throws IOException {
        size = whole;
        if (whole.isPresent()) {
            room.require(whole.getAsLong());
        }
        if (from == 0) {
            restart();
            String known = address + "\n" + validator.orElse("");
            if (validator.isPresent() && known.length() < MAX_VALIDATOR / 4) {
                AtomicFiles.write(validatorFile, known.getBytes(StandardCharsets.UTF_8));
            }
        }
        endPhase();
        phase = progress.begin("fetch", "MB", whole.orElse(0) / MEGABYTE);
        phase.add(from / MEGABYTE, 0);
    }

    @Override
    public void take(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (size.isEmpty()) {
            room.require(channel.position() + count);
        }
        long before = channel.position() / MEGABYTE;
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (phase != null) {
            phase.add(channel.position() / MEGABYTE - before, 0);
        }
    }

    private void endPhase() {
        if (phase != null) {
            phase.close();
        }
    }

    /** Puts the whole file at its place. */
    void finish(Path place) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        AtomicFiles.syncFolder(place.resolveSibling("."));
        Files.deleteIfExists(validatorFile);
    }

    @Override
    public void close() throws IOException {
        endPhase();
        channel.close();
    }
}
