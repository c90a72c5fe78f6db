package org.hipsnode.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Lets so many bytes a second pass, however many threads read. */
public final class ReadRate implements ReadGate {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private long free = System.nanoTime();

    /** Allows a number of bytes a second. */
    public ReadRate(long perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a rate: expected a positive number of bytes, found " + perSecond);
        }
        this.perSecond = perSecond;
    }

    @Override
    public void pass(long bytes) throws IOException {
        long wait = take(bytes, System.nanoTime());
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to read on");
        }
    }

    /** Counts bytes that are read at a time, and returns for how many nanoseconds to wait: what was not read before is not made up for. */
    synchronized long take(long bytes, long now) {
        long begin = free - now > 0 ? free : now;
        free = begin + (long) Math.ceil(bytes / perSecond * NANOS);
        return begin - now;
    }
}
