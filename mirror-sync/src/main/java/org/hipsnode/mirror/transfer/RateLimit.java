package org.hipsnode.mirror.transfer;

/** A limit of bytes a second, for any number of connections and of hosts together. */
public final class RateLimit {
    private static final double NANOS = 1e9;

    /** So much of a second may be spent at once after a rest. */
    private static final double BURST = 0.1;

    private final double perSecond;
    private double left;
    private long lastNanos;
    private boolean begun;

    /** Allows a number of bytes a second. */
    public RateLimit(long perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a rate limit: expected a positive number of bytes, found " + perSecond);
        }
        this.perSecond = perSecond;
    }

    /** Counts bytes that came at a time, and returns for how many nanoseconds none should be taken after it. */
    synchronized long take(long bytes, long nanos) {
        if (begun) {
            left = Math.min(perSecond * BURST, left + perSecond * (nanos - lastNanos) / NANOS);
        }
        begun = true;
        lastNanos = nanos;
        left -= bytes;
        return left >= 0 ? 0 : (long) Math.ceil(-left / perSecond * NANOS);
    }
}
