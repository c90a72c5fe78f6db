package org.hipsnode.serve.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.hipsnode.serve.cache.CountedCache;
import org.hipsnode.serve.cache.SingleFlight;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.snapshot.Release;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.snapshot.SurveyWatch;
import org.hipsnode.tile.TreeName;
import org.jspecify.annotations.Nullable;

/**
 * The files that are at hand: small ones that are asked for often in memory, others open, and the names of some that are
 * missing; for all event loops.
 *
 * <p>The key is the path of the request as it came, if that is the canonical one; so a hit costs one look and no parsing. Each
 * entry belongs to a release and is passed over once that is replaced.
 */
final class FileShelf {
    /** A file that no manifest seals is looked at again after so many seconds. */
    private static final int RECHECK_SECONDS = 10;

    private static final int MISSING_SECONDS = 5;
    private static final int MISSING_NAMES = 20_000;
    private static final int HITS_FOR_MEMORY = 2;

    /** The allocator needs some room beside what it holds. */
    private static final double FILLED = 0.9;

    private final SurveyWatch watch;
    private final Executor workers;
    private final Executor disk;
    private final CountedCache<ServedFile> memory;
    private final CountedCache<ServedFile> open;
    private final Cache<String, Missing> missing = Caffeine.newBuilder()
            .maximumSize(MISSING_NAMES)
            .executor(Runnable::run)
            .build();
    private final SingleFlight<Wanted, Optional<ServedFile>> flights = new SingleFlight<>(new Sharing());
    private final Admission admission;
    private final FileLoader loader;
    private final LongAdder hits = new LongAdder();
    private final LongAdder openHits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final AtomicInteger second = new AtomicInteger();

    private record Wanted(Release release, String name, boolean again) {}

    private record Missing(Release release, int since) {}

    /** The loader holds the file until everybody who asked for it has taken it. */
    private static final class Sharing implements SingleFlight.Sharing<Optional<ServedFile>> {
        @Override
        public void share(Optional<ServedFile> file) {
            file.ifPresent(ServedFile::take);
        }

        @Override
        public void finish(Optional<ServedFile> file) {
            file.ifPresent(ServedFile::drop);
        }
    }

    FileShelf(SurveyWatch watch, Executor workers, ServingOptions options) {
        this.watch = watch;
        this.workers = workers;
        this.disk = new DiskWork(workers);
        long capacity = (long) (options.cacheBytes() * FILLED);
        this.memory = new CountedCache<>(capacity);
        this.open = new CountedCache<>(options.openFiles());
        this.admission = new Admission(memory, capacity, options.tls().isPresent());
        this.loader = new FileLoader(allocator(), admission);
    }

    /** One arena without caches of threads: what is freed here was not taken by this thread. */
    private static PooledByteBufAllocator allocator() {
        return new PooledByteBufAllocator(true, 0, 2, 8192, 9, 0, 0, false);
    }

    void register(ServerMetrics metrics) {
        metrics.counter("hipsnode.cache.hits", "Files served from memory", hits, LongAdder::sum);
        metrics.counter("hipsnode.open.hits", "Files served from files kept open", openHits, LongAdder::sum);
        metrics.counter("hipsnode.cache.loads", "Files opened", loads, LongAdder::sum);
        metrics.counter("hipsnode.cache.evictions", "Files let go of for others", memory, CountedCache::evictions);
        metrics.gauge("hipsnode.cache.bytes", "Memory of ready responses", memory, CountedCache::weight);
        metrics.gauge("hipsnode.open.files", "Files kept open", open, CountedCache::weight);
    }

    /** Begins another second. */
    void tick() {
        second.incrementAndGet();
        admission.renew();
    }

    /** Returns the file at a path if it is at hand, taken for the caller; never touches the disk. */
    @Nullable ServedFile take(String path) {
        ServedFile ready = fresh(memory.take(path));
        if (ready != null) {
            hits.increment();
            return ready;
        }
        ServedFile file = fresh(open.take(path));
        if (file != null) {
            openHits.increment();
            if (file.hit() >= HITS_FOR_MEMORY
                    && admission.admitsAgain(file.facts().size())) {
                file.release()
                        .ifPresent(
                                release -> bringIn(release, path, file.facts().name()));
            }
        }
        return file;
    }

    /** Has a file that is open, and often asked for, read into memory. */
    private void bringIn(Release release, String path, String name) {
        var unused = join(release, path, name, true).thenAccept(loaded -> loaded.ifPresent(ServedFile::drop));
    }

    private @Nullable ServedFile fresh(@Nullable ServedFile file) {
        if (file == null || file.isFresh(second.get(), RECHECK_SECONDS)) {
            return file;
        }
        file.drop();
        return null;
    }

    /** Tells whether a file was looked for a moment ago in vain. */
    boolean isKnownMissing(String path) {
        Missing found = missing.getIfPresent(path);
        return found != null && found.release().isCurrent() && second.get() - found.since() <= MISSING_SECONDS;
    }

    /**
     * Finds a file of a survey; the caller drops it. Empty if there is none, in the newest release either.
     *
     * @param path the canonical path of a request for it
     */
    CompletableFuture<Optional<ServedFile>> find(ServedSurvey survey, String path, String name) {
        ServedFile atHand = take(path);
        if (atHand != null) {
            return CompletableFuture.completedFuture(Optional.of(atHand));
        }
        if (isKnownMissing(path) || survey.release().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Release release = survey.release().get();
        return join(release, path, name, false)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : findInNext(survey, release, path, name));
    }

    /** Opens a file of a folder that is no release, for one request; the caller drops it. */
    CompletableFuture<Optional<ServedFile>> findOnce(Path folder, String name) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return loader.loadOnce(folder, name);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                workers);
    }

    private CompletableFuture<Optional<ServedFile>> join(Release release, String path, String name, boolean again) {
        boolean light = !again && TreeName.parse(name).isPresent(); // others may be compressed
        return flights.join(
                new Wanted(release, name, again),
                () -> CompletableFuture.supplyAsync(() -> load(release, path, name, again), light ? disk : workers));
    }

    private Optional<ServedFile> load(Release release, String path, String name, boolean again) {
        try {
            loads.increment();
            Optional<ServedFile> found = loader.load(release, name, again, second.get());
            if (found.isPresent()) {
                keep(path, found.get());
            }
            return found;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void keep(String path, ServedFile file) {
        if (file.memory() != null) {
            memory.put(path, file);
        } else {
            open.put(path, file);
        }
    }

    /** A file that is not there may be one of a release that has just been replaced. */
    private CompletableFuture<Optional<ServedFile>> findInNext(
            ServedSurvey survey, Release tried, String path, String name) {
        return CompletableFuture.supplyAsync(() -> watch.next(survey.path(), tried), workers)
                .thenCompose(next -> {
                    if (next.isPresent()) {
                        return join(next.get(), path, name, false);
                    }
                    missing.put(path, new Missing(tried, second.get()));
                    return CompletableFuture.completedFuture(Optional.empty());
                });
    }

    /** Returns how many bytes may be read for one release before anybody asks for them. */
    long warmShare() {
        return admission.capacity() / 8;
    }

    /** Reads a file before anybody asks for it, if there is room; returns its size, 0 if it is not there. */
    long warm(Release release, String path, String name) {
        if (!memory.hasRoomFor(admission.capacity() / 4)) {
            return 0;
        }
        Optional<ServedFile> file = load(release, path, name, false);
        long bytes = file.map(f -> f.facts().size()).orElse(0L);
        file.ifPresent(ServedFile::drop);
        return bytes;
    }

    /** Lets go of releases that were replaced: their files would keep the disk's space after they are deleted. */
    void forgetReplaced() {
        memory.removeIf(ServedFile::isReplaced);
        open.removeIf(ServedFile::isReplaced);
    }

    /** Lets go of everything. */
    void clear() {
        memory.clear();
        open.clear();
    }
}
