package org.hipsnode.serve.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Loads each thing once, however many ask for it while it is being loaded. */
public final class SingleFlight<K, V> {
    private final ConcurrentMap<K, Flight<V>> going = new ConcurrentHashMap<>();
    private final Sharing<V> sharing;

    /** How a thing that was loaded is given to those who asked for it. */
    public interface Sharing<V> {
        /** Is called once for each of them, before they get it. */
        void share(V value);

        /** Is called when all have it. */
        void finish(V value);
    }

    private static final class Flight<V> {
        private final List<CompletableFuture<V>> waiting = new ArrayList<>();
        private boolean landed;

        /** Adds somebody; false if it is too late. */
        synchronized boolean board(CompletableFuture<V> who) {
            return !landed && waiting.add(who);
        }

        synchronized List<CompletableFuture<V>> land() {
            landed = true;
            return waiting;
        }
    }

    public SingleFlight(Sharing<V> sharing) {
        this.sharing = sharing;
    }

    /** Joins the load that is going on, or starts one. */
    public CompletableFuture<V> join(K key, Supplier<CompletableFuture<V>> load) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        while (true) {
            Flight<V> fresh = new Flight<>();
            fresh.board(mine);
            Flight<V> others = going.putIfAbsent(key, fresh);
            if (others == null) {
                var unused = load.get().whenComplete((value, failure) -> land(key, fresh, value, failure));
                return mine;
            }
            if (others.board(mine)) {
                return mine;
            }
        }
    }

    private void land(K key, Flight<V> flight, @Nullable V value, @Nullable Throwable failure) {
        going.remove(key, flight);
        List<CompletableFuture<V>> waiting = flight.land();
        if (value == null) {
            Throwable why = failure == null ? new IllegalStateException("nothing was loaded") : failure;
            waiting.forEach(who -> who.completeExceptionally(why));
            return;
        }
        waiting.forEach(who -> sharing.share(value));
        waiting.forEach(who -> who.complete(value));
        sharing.finish(value);
    }
}
