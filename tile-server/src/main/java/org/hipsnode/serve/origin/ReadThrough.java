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
import org.hipsnode.serve.snapshot.NodeSnapshot;
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

    private final Fetcher.Network network;
    private final Surroundings around;
    private volatile Map<String, Kept> kept = Map.of();

    private ReadThrough(Fetcher.Network network, Surroundings around) {
        this.network = network;
        this.around = around;
    }

    /**
     * A cache that is kept.
     *
     * @param here its own address, if that is known
     */
    private record Kept(OriginSettings survey, Optional<String> here, SurveyCache cache, ExecutorService pool) {}

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
        ReadThrough all = new ReadThrough(network, surroundings);
        all.take(surveys, baseUrl);
        return all;
    }

    /**
     * Takes up which surveys are cached from now on; those of which the same is said go on as they are.
     *
     * @throws IOException if one cannot be opened, and then all go on as they are
     */
    public synchronized void take(Collection<OriginSettings> surveys, Optional<String> baseUrl) throws IOException {
        Map<String, Kept> before = kept;
        Map<String, Kept> next = new LinkedHashMap<>();
        try {
            for (OriginSettings survey : surveys) {
                Optional<String> here = baseUrl.map(base -> base + "/" + WebAddress.encode(survey.path()));
                Optional<Kept> same = Optional.ofNullable(before.get(survey.path()))
                        .filter(one -> one.survey().equals(survey) && one.here().equals(here));
                next.put(survey.path(), same.isPresent() ? same.get() : open(survey, here));
            }
        } catch (IOException e) {
            end(next, before);
            throw e;
        }
        kept = next;
        end(before, next);
    }

    /** Ends those that are not among others; whoever waits for a file of theirs still gets it. */
    private static void end(Map<String, Kept> these, Map<String, Kept> others) {
        these.values().stream()
                .filter(one -> !others.containsValue(one))
                .forEach(one -> one.pool().shutdown());
    }

    private Kept open(OriginSettings survey, Optional<String> here) throws IOException {
        CacheFolder folder = new CacheFolder(survey.folder(), survey.quota(), around.clock(), around.precision());
        ExecutorService pool = pool(survey.path());
        SurveyCache cache = new SurveyCache(survey, network, here, folder, pool, around.clock(), around.ticker());
        pool.execute(() -> count(folder, survey.path()));
        return new Kept(survey, here, cache, pool);
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
        return kept.values().stream().map(Kept::cache).mapToLong(of).sum();
    }

    /** Returns the cache that serves a path, if it is one. */
    public Optional<SurveyCache> at(String path) {
        return Optional.ofNullable(kept.get(path)).map(Kept::cache);
    }

    /**
     * Tells whether a path leads into a survey that is to be served soon: its origin has not told yet what it is, or has and nobody has
     * looked since.
     */
    public boolean isAwaited(List<String> segments, NodeSnapshot now) {
        String path = String.join("/", segments) + "/";
        return kept.entrySet().stream()
                .anyMatch(one -> path.startsWith(one.getKey() + "/")
                        && now.at(one.getKey()).isEmpty()
                        && !one.getValue().cache().isForbidden());
    }

    /** Returns the surveys that can be served now. */
    public List<ServedSurvey> surveys() {
        List<ServedSurvey> surveys = new ArrayList<>();
        kept.values().forEach(one -> one.cache().survey().ifPresent(surveys::add));
        return surveys;
    }

    /** Has the origins asked for new releases, those that it is time to ask; does not wait. */
    public void refresh() {
        kept.forEach((path, one) -> {
            try {
                one.pool().execute(one.cache()::refresh);
            } catch (RejectedExecutionException e) {
                LOG.debug("an origin was not asked, there being too much to fetch: survey={}", path);
            }
        });
    }

    @Override
    public void close() {
        kept.values().forEach(one -> one.pool().shutdownNow());
    }
}
