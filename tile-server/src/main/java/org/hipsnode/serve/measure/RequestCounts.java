package org.hipsnode.serve.measure;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts of what one event loop has answered; written by that loop only, read by all. */
public final class RequestCounts {
    /** Upper bounds of the latency histogram, in nanoseconds. */
    static final long[] BOUNDS = {
        100_000L,
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L
    };

    static final int STATUSES = 600;

    private final AtomicLongArray requests = new AtomicLongArray(Kind.values().length * STATUSES);
    private final AtomicLongArray latencies = new AtomicLongArray(BOUNDS.length + 1);
    private final AtomicLongArray sums = new AtomicLongArray(2);

    /** Counts a response. */
    public void add(Kind kind, int status, long bytes, long nanos) {
        increase(requests, kind.place() * STATUSES + Math.min(status, STATUSES - 1), 1);
        increase(latencies, bucket(nanos), 1);
        increase(sums, 0, nanos);
        increase(sums, 1, bytes);
    }

    /** One writer needs no atomic addition. */
    private static void increase(AtomicLongArray counts, int index, long by) {
        counts.setOpaque(index, counts.getPlain(index) + by);
    }

    private static int bucket(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    long requests(Kind kind, int status) {
        return requests.getOpaque(kind.place() * STATUSES + status);
    }

    long latencies(int bucket) {
        return latencies.getOpaque(bucket);
    }

    long nanos() {
        return sums.getOpaque(0);
    }

    long bytes() {
        return sums.getOpaque(1);
    }
}
