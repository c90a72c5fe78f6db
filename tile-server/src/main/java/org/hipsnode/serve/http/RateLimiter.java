package org.hipsnode.serve.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.LongSupplier;

/**
 * Lets each client make so many requests a second on average, and ten seconds' worth at once.
 *
 * <p>Viewers ask in bursts and then rest, so a burst is not what is to be held off. Only the clients seen last are remembered.
 */
final class RateLimiter {
    private static final int CLIENTS = 100_000;
    private static final int BURST_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(CLIENTS).executor(Runnable::run).build();

    /**
     * Limits clients.
     *
     * @param perSecond requests a second; 0 for any number
     */
    RateLimiter(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Tells whether a client may make another request, and counts it if so. */
    boolean allows(String client) {
        return perSecond == 0 || bucket(client).take(1);
    }

    /** Tells whether a client has used up what it may; counts nothing. */
    boolean isExhausted(String client) {
        return perSecond != 0 && !bucket(client).take(0);
    }

    private Bucket bucket(String client) {
        return buckets.get(client, key -> new Bucket());
    }

    /** What a client has left. */
    private final class Bucket {
        private double left = (double) perSecond * BURST_SECONDS;
        private long since = nanoTime.getAsLong();

        synchronized boolean take(int requests) {
            long now = nanoTime.getAsLong();
            left = Math.min((double) perSecond * BURST_SECONDS, left + (now - since) / NANOS * perSecond);
            since = now;
            boolean enough = left >= 1;
            left -= enough ? requests : 0;
            return enough;
        }
    }
}
