package org.hipsnode.serve.origin;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The remote surveys that a node serves as caches, by path, each with threads of its own: a slow origin delays no other. */
public final class ReadThrough implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);

    /** Connections to one origin at a time: what a browser would open, and no more. */
    private static final int THREADS = 8;

    /** What may wait for them. */
    private static final int QUEUE = 1024;

    private final Map<String, SurveyCache> caches = new LinkedHashMap<>();
    private final Map<String, ExecutorService> pools = new LinkedHashMap<>();

    /**
     * What is not this program's.
     *
     * @param precision within which it does not matter when a file was asked for
     */
    public record Surroundings(Resolver resolver, Clock clock, Ticker ticker, Duration precision) {
        public static final Surroundings REAL = new Surroundings(
                InetAddress::getAllByName, Clock.systemUTC(), Ticker.systemTicker(), Duration.ofMinutes(10));
    }

    /** Opens the caches; the origins are not asked yet. */
    public static ReadThrough open(
            Collection<OriginSettings> surveys,
            Origin origin,
            Optional<String> baseUrl,
            IntSupplier ownPort,
            Surroundings surroundings)
            throws IOException {
        String name = "hipsnode-" + UUID.randomUUID().toString().substring(0, 13);
        Fetcher.Network network =
                new Fetcher.Network(origin, surroundings.resolver(), place -> isOurs(place, ownPort.getAsInt()), name);
        ReadThrough all = new ReadThrough();
        for (OriginSettings survey : surveys) {
            all.add(survey, network, baseUrl, surroundings);
        }
        return all;
    }

    private void add(OriginSettings survey, Fetcher.Network network, Optional<String> baseUrl, Surroundings around)
            throws IOException {
        CacheFolder folder = new CacheFolder(survey.folder(), survey.quota(), around.clock(), around.precision());
        ExecutorService pool = pool(survey.path());
        Optional<String> here = baseUrl.map(base -> base + "/" + WebAddress.encode(survey.path()));
        pools.put(survey.path(), pool);
        caches.put(
                survey.path(), new SurveyCache(survey, network, here, folder, pool, around.clock(), around.ticker()));
        pool.execute(() -> count(folder, survey.path()));
    }

    private static void count(CacheFolder folder, String path) {
        try {
            folder.count();
        } catch (IOException e) {
            LOG.warn("what is kept cannot be counted: survey={} reason={}", path, e.toString());
        }
    }

    private static ExecutorService pool(String path) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(QUEUE), work -> {
                    Thread thread = new Thread(work, "fetch-" + path + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Tells whether this node itself listens at an address. */
    private static boolean isOurs(Fetcher.Place place, int ownPort) {
        try {
            return place.port() == ownPort
                    && (place.address().isLoopbackAddress()
                            || place.address().isAnyLocalAddress()
                            || NetworkInterface.getByInetAddress(place.address()) != null);
        } catch (SocketException e) {
            return false;
        }
    }

    /** Adds what can be counted of all caches together: where private ones are is nobody's business. */
    public void register(ServerMetrics metrics) {
        metrics.counter(
                "hipsnode.origin.requests",
                "Files of cached surveys that their origins were asked for",
                this,
                all -> all.sum(SurveyCache::asked));
        metrics.counter(
                "hipsnode.origin.failures",
                "Times that an origin gave no answer, or not the one that was asked for",
                this,
                all -> all.sum(SurveyCache::failures));
        metrics.gauge(
                "hipsnode.origin.kept.bytes",
                "Disk that files of origins take",
                this,
                all -> all.sum(SurveyCache::bytes));
    }

    private long sum(ToLongFunction<SurveyCache> of) {
        return caches.values().stream().mapToLong(of).sum();
    }

    /** Returns the cache that serves a path, if it is one. */
    public Optional<SurveyCache> at(String path) {
        return Optional.ofNullable(caches.get(path));
    }

    /** Tells whether a path leads into a survey that is to be served once its origin has told what it is. */
    public boolean isAwaited(List<String> segments) {
        String path = String.join("/", segments) + "/";
        return caches.entrySet().stream()
                .anyMatch(cache -> path.startsWith(cache.getKey() + "/")
                        && cache.getValue().isAwaited());
    }

    /** Returns the surveys that can be served now. */
    public List<ServedSurvey> surveys() {
        List<ServedSurvey> surveys = new ArrayList<>();
        caches.values().forEach(cache -> cache.survey().ifPresent(surveys::add));
        return surveys;
    }

    /** Has the origins asked for new releases, those that it is time to ask; does not wait. */
    public void refresh() {
        caches.forEach((path, cache) -> {
            try {
                Optional.ofNullable(pools.get(path)).orElseThrow().execute(cache::refresh);
            } catch (RejectedExecutionException e) {
                LOG.debug("an origin was not asked, there being too much to fetch: survey={}", path);
            }
        });
    }

    @Override
    public void close() {
        pools.values().forEach(ExecutorService::shutdownNow);
    }
}
