package org.hipsnode.serve.origin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.tile.TreeName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A remote survey served from here: what was asked for once is here, what was not is fetched, once however many ask.
 *
 * <p>What is old is given at once and asked about meanwhile; what the origin cannot be asked about stays as it is. Only the
 * origin's own word makes a file missing: its faults are told as such, and never remembered as an answer.
 */
public final class SurveyCache {
    private static final Logger LOG = LoggerFactory.getLogger(SurveyCache.class);
    private static final Duration MISSING = Duration.ofMinutes(10);
    private static final int MOST_MISSING = 100_000;
    private static final int BUSY_SECONDS = 5;

    private final OriginSettings settings;
    private final Fetcher fetcher;
    private final String ourName;
    private final CacheFolder folder;
    private final ReleaseWatch watch;
    private final Executor pool;
    private final Clock clock;
    private final Breaker breaker;
    private final Cache<String, Boolean> missing;
    private final LongAdder asked = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Of one refresh at a time. */
    private volatile String told = "";

    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final Map<String, CompletableFuture<Provision>> flights = new ConcurrentHashMap<>();

    SurveyCache(
            OriginSettings settings,
            Fetcher.Network network,
            Optional<String> here,
            CacheFolder folder,
            Executor pool,
            Clock clock,
            Ticker ticker)
            throws IOException {
        this.settings = settings;
        this.fetcher = new Fetcher(settings, network, clock);
        this.ourName = network.ourName();
        this.folder = folder;
        this.breaker = new Breaker(ticker);
        this.watch = new ReleaseWatch(settings.origin(), fetcher, folder, here, clock);
        this.pool = pool;
        this.clock = clock;
        this.missing = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(MISSING)
                .maximumSize(MOST_MISSING)
                .build();
    }

    /** Returns the survey as it is served; empty as long as the origin has not told what it is, or if it may not be. */
    public Optional<ServedSurvey> survey() {
        return watch.current()
                .map(release -> new ServedSurvey(settings.path(), release.folder(), release.properties(), false));
    }

    /** Tells whether the origin was read, and does not allow the survey to be served. */
    boolean isForbidden() {
        return watch.isForbidden();
    }

    /** Looks whether the origin has another release, if it is time to; for threads that may wait. */
    public void refresh() {
        if (!watch.isDue() || !breaker.pause().isZero() || !refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            if (watch.refresh()) {
                missing.invalidateAll();
            }
            breaker.succeeded();
            told = "";
        } catch (FetchException e) {
            count(e);
            watch.postpone();
            tell(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.error("a release was not taken: survey={} reason={}", settings.path(), e.toString());
            watch.postpone();
        } finally {
            refreshing.set(false);
        }
    }

    /** Says once what goes on for hours. */
    private void tell(String reason) {
        if (!reason.equals(told)) {
            LOG.warn("the origin tells no release: survey={} reason={}", settings.path(), reason);
            told = reason;
        }
    }

    private void count(FetchException e) {
        failures.increment();
        if (e.kind().concernsAllFiles()) {
            breaker.failed(e.patience());
        }
    }

    /** Answers from what is here; empty if the origin must be asked. Touches the disk. */
    public Optional<Provision> local(String name) throws IOException {
        Optional<Adopted> found = watch.current();
        if (found.isEmpty()) {
            return Optional.of(unavailable(503, watch.whyNot()));
        }
        Adopted release = found.get();
        if (Adopted.isPartOf(name)) {
            return Optional.of(
                    Files.exists(release.folder().resolve(name))
                            ? new Provision.InFolder(release.folder())
                            : new Provision.Absent());
        }
        Optional<WantedFile> wanted = WantedFile.of(name, release.properties());
        if (wanted.isEmpty() || isOutside(release, name)) {
            return Optional.of(new Provision.Absent());
        }
        return local(release, wanted.get());
    }

    private static boolean isOutside(Adopted release, String name) {
        return TreeName.parse(name)
                .filter(tree -> tree instanceof TreeName.Tile tile && !release.mayHave(tile.address()))
                .isPresent();
    }

    private Optional<Provision> local(Adopted release, WantedFile wanted) throws IOException {
        Optional<Note> note = CacheFolder.find(release.folder(), wanted.name());
        if (note.isEmpty()) {
            return missing.getIfPresent(wanted.name()) == null ? Optional.empty() : Optional.of(new Provision.Absent());
        }
        folder.touch(release.folder(), wanted.name());
        if (!note.get().isFresh(clock.instant()) && breaker.pause().isZero()) {
            var unused = fly(wanted.name(), () -> revalidate(release, wanted, note.get()));
        }
        return Optional.of(new Provision.InFolder(release.folder()));
    }

    /** Fetches a file that is not here; whoever asks for it meanwhile waits for the same answer. */
    public CompletableFuture<Provision> fetch(String name, Hops hops) {
        if (hops.isLoop(ourName)) {
            return CompletableFuture.completedFuture(unavailable(508, "this survey is a cache of itself"));
        }
        Duration pause = breaker.pause();
        if (!pause.isZero()) {
            return CompletableFuture.completedFuture(new Provision.Unavailable(
                    503, "the origin of this survey does not answer", (int) Math.max(1, pause.toSeconds())));
        }
        return fly(name, () -> provide(name, hops));
    }

    /** Work that ends with an answer. */
    @FunctionalInterface
    private interface Flight {
        Provision land() throws IOException;
    }

    private CompletableFuture<Provision> fly(String name, Flight flight) {
        CompletableFuture<Provision> mine = new CompletableFuture<>();
        CompletableFuture<Provision> first = flights.putIfAbsent(name, mine);
        if (first != null) {
            return first;
        }
        try {
            pool.execute(() -> {
                Provision answer = landed(name, flight);
                flights.remove(name);
                mine.complete(answer);
            });
        } catch (RejectedExecutionException e) {
            flights.remove(name);
            mine.complete(unavailable(503, "too many files are being fetched"));
        }
        return mine;
    }

    private Provision landed(String name, Flight flight) {
        try {
            return flight.land();
        } catch (FetchException e) {
            count(e);
            LOG.warn("a file was not fetched: survey={} reason={}", settings.path(), e.getMessage());
            int seconds =
                    (int) Math.max(BUSY_SECONDS, Math.min(300, e.patience().toSeconds()));
            return new Provision.Unavailable(e.kind().status(), e.kind().reason(), seconds);
        } catch (IOException | RuntimeException e) {
            LOG.error("a file was not kept: survey={} file={} reason={}", settings.path(), name, e.toString());
            return unavailable(503, "the file cannot be kept");
        }
    }

    private static Provision unavailable(int status, String reason) {
        return new Provision.Unavailable(status, reason, BUSY_SECONDS);
    }

    private Provision provide(String name, Hops hops) throws IOException {
        Optional<Provision> here = local(name); // somebody else's flight may just have landed
        if (here.isPresent()) {
            return here.get();
        }
        Adopted release = watch.current().orElseThrow();
        WantedFile wanted = WantedFile.of(name, release.properties()).orElseThrow();
        Path file = folder.incoming();
        try {
            Fetched fetched = ask(wanted, Optional.empty(), file, hops);
            return fetched instanceof Fetched.Whole whole ? keep(release, wanted, file, whole.note()) : absent(name);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Fetched ask(WantedFile wanted, Optional<Note> known, Path file, Hops hops) throws IOException {
        asked.increment();
        Fetched fetched = fetcher.fetch(wanted, known, file, hops);
        breaker.succeeded();
        return fetched;
    }

    /** Returns how many files the origin was asked for. */
    long asked() {
        return asked.sum();
    }

    /** Returns how often the origin gave no answer, or not the one that was asked for. */
    long failures() {
        return failures.sum();
    }

    /** Returns about how many bytes are kept on disk. */
    long bytes() {
        return folder.used();
    }

    private Provision keep(Adopted release, WantedFile wanted, Path file, Note note) throws IOException {
        requireDigest(release, wanted.name(), note);
        folder.store(release.folder(), wanted.name(), file, note);
        return new Provision.InFolder(release.folder());
    }

    private Provision absent(String name) {
        missing.put(name, true);
        return new Provision.Absent();
    }

    private void requireDigest(Adopted release, String name, Note note) throws IOException {
        Optional<FileRecord> said = release.manifest().isEmpty()
                ? Optional.empty()
                : TreeName.parse(name).isPresent() && TreeName.parse(name).get() instanceof TreeName.Tile tile
                        ? release.manifest().get().find(tile)
                        : Optional.empty();
        boolean differs = said.isPresent()
                && (said.get().bytes() != note.bytes()
                        || !note.sha256().startsWith(said.get().digest().toString()));
        if (differs) {
            watch.doubt(); // perhaps there is a new release
            throw new FetchException(
                    FetchException.Kind.WRONG_CONTENT,
                    "'" + name + "': expected the bytes that the origin's manifest tells of, found others");
        }
    }

    private Provision revalidate(Adopted release, WantedFile wanted, Note known) throws IOException {
        Path file = folder.incoming();
        try {
            Fetched fetched = ask(wanted, Optional.of(known), file, Hops.NONE);
            if (fetched instanceof Fetched.Unchanged unchanged) {
                folder.confirm(release.folder(), wanted.name(), unchanged.note());
            } else if (fetched instanceof Fetched.Whole whole) {
                replace(release, wanted, file, known, whole.note());
            } else {
                folder.remove(release.folder(), wanted.name());
                return absent(wanted.name());
            }
            return new Provision.InFolder(release.folder());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The same bytes stay the same file, whatever the origin calls its versions. */
    private void replace(Adopted release, WantedFile wanted, Path file, Note known, Note now) throws IOException {
        if (now.sha256().equals(known.sha256())) {
            folder.confirm(release.folder(), wanted.name(), now);
        } else {
            keep(release, wanted, file, now);
        }
    }
}
