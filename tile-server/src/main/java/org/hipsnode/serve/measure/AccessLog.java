package org.hipsnode.serve.measure;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file into which every answer is written as a line, by a thread of its own.
 *
 * <p>Event loops fill buffers and hand them over; where the disk does not keep up, lines are dropped and counted rather than
 * clients kept waiting. A file that was renamed or removed, as log rotation does, is begun anew within a second.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int BUFFERS = 64;

    /** Not opened by its name: behind it may be a socket of systemd, or a pipe of another user. */
    private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

    private final Path file;
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BUFFERS);
    private final LongAdder dropped = new LongAdder();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "hipsnode-access-log");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable FileChannel channel;
    private Optional<Object> opened = Optional.empty();

    private AccessLog(Path file) {
        this.file = file;
    }

    /** Opens a log; lines are added to what is there. */
    public static AccessLog open(Path file) throws IOException {
        AccessLog log = new AccessLog(file);
        log.reopen();
        log.writer.execute(log::write);
        return log;
    }

    /** Returns a new buffer for the lines of one event loop. */
    public LogBuffer buffer() {
        return new LogBuffer(this);
    }

    /** Takes a buffer with lines and gives an empty one for it; never waits. */
    byte[] exchange(byte[] bytes, int length) {
        if (!full.offer(ByteBuffer.wrap(bytes, 0, length))) {
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    dropped.increment();
                }
            }
            return bytes;
        }
        byte[] next = empty.poll();
        return next == null ? new byte[bytes.length] : next;
    }

    /** Returns how many lines were dropped, since they could not be written soon enough. */
    public long dropped() {
        return dropped.sum();
    }

    private void write() {
        try {
            while (true) {
                ByteBuffer lines = full.poll(1, TimeUnit.SECONDS);
                if (lines != null && lines.capacity() == 0) {
                    return;
                }
                writeOut(lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // all that are here were wrapped in exchange
    private void writeOut(@Nullable ByteBuffer lines) {
        try {
            if (!opened.equals(key())) {
                reopen();
            }
            if (lines != null) {
                FileChannel out = Objects.requireNonNull(channel);
                while (lines.hasRemaining()) {
                    out.write(lines);
                }
            }
        } catch (IOException e) {
            LOG.warn("the access log cannot be written: file={} reason={}", file, e.toString());
        }
        if (lines != null) {
            empty.offer(lines.array());
        }
    }

    private boolean isStandardOutput() {
        return file.equals(STANDARD_OUTPUT);
    }

    private Optional<Object> key() throws IOException {
        if (isStandardOutput()) {
            return Optional.of(STANDARD_OUTPUT);
        }
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void reopen() throws IOException {
        FileChannel before = channel;
        channel = isStandardOutput()
                ? new FileOutputStream(FileDescriptor.out).getChannel()
                : FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        opened = key();
        if (before != null) {
            before.close();
        }
    }

    /** Writes what was handed over, and ends. */
    @Override
    public void close() throws IOException {
        try {
            full.put(ByteBuffer.allocate(0));
            writer.shutdown();
            if (!writer.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("the access log did not end in order: file={}", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (channel != null && !isStandardOutput()) {
            channel.close();
        }
    }
}
