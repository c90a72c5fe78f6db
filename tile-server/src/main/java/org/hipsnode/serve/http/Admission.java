package org.hipsnode.serve.http;

import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.serve.cache.CountedCache;

/**
 * Decides which files are read into memory.
 *
 * <p>While there is room all small ones are. When the memory is full, a set larger than it would be read again and again, each
 * file pushing out another, which costs more than sending open files: so then only a small part of the memory is renewed in a
 * second, by what is asked for again.
 */
final class Admission {
    private static final int PARTS = 32;
    private static final int LARGEST = 64;

    /** Larger files leave from the system's own memory with less work than from ours. */
    private static final long MOST_PLAIN = 32 << 10;

    /** What is encrypted must be copied anyway. */
    private static final long MOST_ENCRYPTED = 2 << 20;

    private final CountedCache<ServedFile> memory;
    private final long capacity;
    private final long most;
    private final AtomicLong allowance = new AtomicLong();

    /**
     * Decides for one server.
     *
     * @param encrypted whether all it sends is encrypted
     */
    Admission(CountedCache<ServedFile> memory, long capacity, boolean encrypted) {
        this.memory = memory;
        this.capacity = capacity;
        this.most = Math.min(capacity / LARGEST, encrypted ? MOST_ENCRYPTED : MOST_PLAIN);
    }

    long capacity() {
        return capacity;
    }

    /** Tells whether a file is small enough at all. */
    boolean isSmall(long bytes) {
        return bytes <= most;
    }

    /** Tells whether a file that was never asked for may come in. */
    boolean admitsNew(long bytes) {
        return isSmall(bytes) && memory.hasRoomFor(2 * bytes);
    }

    /** Tells whether a file that is asked for again may come in; counts it if so. */
    boolean admitsAgain(long bytes) {
        if (!isSmall(bytes)) {
            return false;
        }
        if (memory.hasRoomFor(2 * bytes)) {
            return true;
        }
        long left = allowance.get();
        return left >= bytes && allowance.compareAndSet(left, left - bytes);
    }

    /** Begins another second. */
    void renew() {
        allowance.set(capacity / PARTS);
    }
}
