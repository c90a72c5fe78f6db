package org.hipsnode.serve.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counted things by name, bounded by their weight; those asked for rarely go first.
 *
 * <p>The cache is one user of each. Its upkeep runs on the threads that use it: event loops must not wait for another thread to
 * let go of memory.
 */
public final class CountedCache<V extends Counted> {
    private final long capacity;
    private final Cache<String, V> cache;
    private final AtomicLong weight = new AtomicLong();
    private final LongAdder evictions = new LongAdder();

    public CountedCache(long capacity) {
        this.capacity = capacity;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(capacity)
                .weigher((String name, V value) -> value.weight())
                .executor(Runnable::run)
                .removalListener((@Nullable String name, @Nullable V value, RemovalCause cause) -> {
                    if (cause.wasEvicted()) {
                        evictions.increment();
                    }
                    if (value != null) {
                        weight.addAndGet(-value.weight());
                        value.drop();
                    }
                })
                .build();
    }

    /** Returns what has a name, taken for the caller, who drops it; null if there is nothing. */
    public @Nullable V take(String name) {
        V found = cache.getIfPresent(name);
        return found != null && found.take() ? found : null;
    }

    /** Keeps something that is in use, which stays the caller's too. */
    public void put(String name, V value) {
        if (value.take()) {
            weight.addAndGet(value.weight());
            cache.put(name, value);
        }
    }

    /** Forgets all that is so. */
    public void removeIf(Predicate<V> so) {
        cache.asMap().values().removeIf(so);
    }

    /** Tells whether something of some weight can be kept without letting go of another. */
    public boolean hasRoomFor(long bytes) {
        return weight.get() + bytes <= capacity;
    }

    /** Forgets everything. */
    public void clear() {
        cache.invalidateAll();
    }

    public long weight() {
        return weight.get();
    }

    public long evictions() {
        return evictions.sum();
    }
}
