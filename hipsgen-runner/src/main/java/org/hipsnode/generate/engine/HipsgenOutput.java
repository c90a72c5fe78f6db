package org.hipsnode.generate.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a process writes: kept in a log by one thread, handed out line by line to another. */
final class HipsgenOutput implements Runnable {
    /** What Hipsgen writes in a month. */
    static final long MOST_BYTES = 8L << 20;

    private static final int LINES_AHEAD = 1000;

    private final InputStream in;
    private final OutputStream log;
    private final BlockingQueue<HipsgenLine> lines = new ArrayBlockingQueue<>(LINES_AHEAD);
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    HipsgenOutput(InputStream in, OutputStream log) {
        this.in = in;
        this.log = log;
    }

    /** Reads to the end. */
    @Override
    public void run() {
        try {
            pump();
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private void pump() throws IOException, InterruptedException {
        LineCutter cutter = new LineCutter();
        byte[] buffer = new byte[8192];
        long total = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            lastHeard = System.nanoTime();
            total += count;
            if (total > MOST_BYTES) {
                throw new IOException("Hipsgen wrote more than " + (MOST_BYTES >> 20) + " MB of output");
            }
            log.write(buffer, 0, count);
            for (String line : cutter.cut(buffer, count)) {
                lines.put(HipsgenLine.parse(line));
            }
        }
        for (String line : cutter.rest()) {
            lines.put(HipsgenLine.parse(line));
        }
    }

    /** Returns the next line; empty if none comes for a while. */
    Optional<HipsgenLine> next(Duration patience) throws IOException, InterruptedException {
        Optional<HipsgenLine> line = Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        IOException broken = failure;
        if (line.isEmpty() && broken != null) {
            throw broken;
        }
        return line;
    }

    /** Tells whether all has been read and handed out; a failure is still to be. */
    boolean isEnded() {
        return ended && lines.isEmpty() && failure == null;
    }

    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastHeard);
    }
}
