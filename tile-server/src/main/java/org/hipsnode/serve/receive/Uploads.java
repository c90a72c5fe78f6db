package org.hipsnode.serve.receive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hipsnode.arrival.Arrival;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.partner.ReceivedPush;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.serve.snapshot.SurveyWatch;
import org.hipsnode.store.FolderStore;
import org.hipsnode.store.FreeSpace;
import org.hipsnode.store.LockedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The uploads that are open on this node, one for a survey at most; all that is here may wait for disks. */
public final class Uploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int MOST_OPEN = 16;

    /** Then no thread and no lock is kept for it; what has come stays. */
    private static final Duration RESTING = Duration.ofHours(1);

    /** Whoever pushes asks more often than this; then it has died, and the next one need not wait. */
    private static final Duration ABANDONED = Duration.ofSeconds(90);

    private final Path data;
    private final SurveyWatch watch;
    private final ReceiveSettings settings;
    private final Consumer<ReceivedPush> ended;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final LongAdder published = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<String, Upload> open = new HashMap<>();
    private final ExecutorService publisher = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "hipsnode-publish");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Prepares to take uploads.
     *
     * @param ended is told of each that has come to its end
     * @param nanoTime by which it is told how long an open upload rests
     * @param clock by which it is told how old one is that is not open
     */
    public Uploads(
            Path data,
            SurveyWatch watch,
            ReceiveSettings settings,
            Consumer<ReceivedPush> ended,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.data = data;
        this.watch = watch;
        this.settings = settings;
        this.ended = ended;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    public ReceiveSettings settings() {
        return settings;
    }

    /** Begins an upload, or goes on with it: 201; or tells that the release is here already: 200. */
    public Reply begin(String path, String partner, byte[] rootFile) throws IOException {
        Optional<ReceiveRule> rule = settings.rule(partner, path);
        if (rule.isEmpty()) {
            return Reply.of(403, "this survey is not taken from this partner");
        }
        ManifestRoot root;
        try {
            root = ManifestRoot.read(rootFile, ManifestName.ROOT);
        } catch (MalformedDataException e) {
            return Reply.of(422, String.valueOf(e.getMessage()));
        }
        synchronized (this) {
            return begin(path, rule.get(), root);
        }
    }

    private Reply begin(String path, ReceiveRule rule, ManifestRoot root) throws IOException {
        NodeSnapshot now = watch.snapshot();
        if (published(now, path).filter(there -> there.equals(root.digest())).isPresent()) {
            return Reply.of(200, "the release is here already");
        }
        Map<String, Leftovers.Leftover> left = Leftovers.in(data);
        Optional<Reply> refusal = Place.refusal(data, now, path, root)
                .or(() -> new Room(path, rule, now, bytesOfOpen(), left).refusal(root))
                .or(() -> busy(path, rule.partner(), root.digest()));
        refusal.ifPresent(reply -> LOG.warn(
                "a push was refused: survey={} partner={} release={} bytes={} reason={}",
                path,
                rule.partner(),
                root.digest(),
                root.totalBytes(),
                reply.text().strip()));
        return refusal.isPresent() ? refusal.get() : open(path, rule, root);
    }

    private Map<String, Long> bytesOfOpen() {
        Map<String, Long> sizes = new HashMap<>();
        open.forEach((path, upload) -> sizes.put(path, upload.bytes()));
        return sizes;
    }

    private Reply open(String path, ReceiveRule rule, ManifestRoot root) throws IOException {
        if (open.containsKey(path)) {
            return Reply.of(201, "go on");
        }
        try {
            Arrival arrival = Arrival.begin(data.resolve(path), root);
            open.put(path, new Upload(path, rule, arrival, nanoTime));
        } catch (LockedException e) {
            return Reply.of(409, "the survey is being written by another run here: try again later");
        }
        LOG.info(
                "a push was begun: survey={} partner={} release={} files={} bytes={}",
                path,
                rule.partner(),
                root.digest(),
                root.fileCount(),
                root.totalBytes());
        return Reply.of(201, "begun");
    }

    /**
     * Clears the way where the upload of another release has been left alone, or is the same partner's: that one has a newer release
     * and has left the older to itself.
     */
    private Optional<Reply> busy(String path, String partner, Digest release) {
        Optional<Upload> other = Optional.ofNullable(open.get(path))
                .filter(upload -> !upload.release().equals(release));
        if (other.isPresent() && !givesWay(other.get(), partner)) {
            return Optional.of(Reply.of(409, "another release of this survey is being pushed: try again later"));
        }
        if (other.isPresent()) {
            end(path, other.get(), true);
        }
        return open.size() >= MOST_OPEN && !open.containsKey(path)
                ? Optional.of(Reply.of(503, "too many surveys are being pushed: try again later"))
                : Optional.empty();
    }

    private static boolean givesWay(Upload upload, String partner) {
        return upload.isStale(ABANDONED) || (upload.partner().equals(partner) && !upload.isPublishing());
    }

    private static Optional<Digest> published(NodeSnapshot now, String path) {
        return now.at(path).flatMap(Uploads::root).map(ManifestRoot::digest);
    }

    /** A survey without a manifest that can be read is not one that came by a push. */
    static Optional<ManifestRoot> root(ServedSurvey survey) {
        try {
            return new ManifestReader(new FolderStore(survey.folder())).root();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private synchronized Optional<Upload> find(String path) {
        return Optional.ofNullable(open.get(path));
    }

    /** Finds an open upload. */
    public synchronized Optional<Upload> find(String path, Digest release) {
        return find(path).filter(upload -> upload.release().equals(release));
    }

    /** Tells what is still to come: names, one a line. */
    public Reply wanted(String path, Digest release) throws IOException {
        Optional<Upload> upload = find(path, release);
        return upload.isPresent() ? upload.get().wanted() : Reply.UNKNOWN;
    }

    /** Publishes what has come; 200 also where that is done already. */
    public Reply publish(String path, Digest release) throws IOException {
        Optional<Upload> upload = find(path, release);
        if (upload.isEmpty()) {
            return published(watch.snapshot(), path).equals(Optional.of(release))
                    ? Reply.of(200, "published")
                    : Reply.UNKNOWN;
        }
        Reply reply = upload.get().publish(publisher);
        if (reply.status() == 200 || reply.status() == 422) {
            note(upload.get(), reply.status() == 200);
        }
        if (reply.status() == 200) {
            watch.look();
            synchronized (this) {
                open.remove(path, upload.get());
            }
        }
        return reply;
    }

    /** Whoever asks again for the end of an upload does not make two of it. */
    private void note(Upload upload, boolean isPublished) {
        upload.report(isPublished).ifPresent(push -> {
            (isPublished ? published : refused).increment();
            bytes.add(push.bytes());
            ended.accept(push);
        });
    }

    /** Adds what can be counted. */
    public void register(ServerMetrics metrics) {
        metrics.counter(
                "hipsnode.push.published", "Releases pushed here that were published", published, LongAdder::sum);
        metrics.counter(
                "hipsnode.push.refused", "Releases pushed here that did not pass the check", refused, LongAdder::sum);
        metrics.counter("hipsnode.push.bytes", "Bytes of files that came for them", bytes, LongAdder::sum);
        metrics.gauge("hipsnode.push.open", "Releases that are being pushed here", this, Uploads::open);
    }

    private synchronized int open() {
        return open.size();
    }

    /** Removes what has come. */
    public Reply abandon(String path, Digest release) {
        Optional<Upload> upload = find(path, release);
        if (upload.isEmpty()) {
            return Reply.UNKNOWN;
        }
        if (upload.get().isPublishing()) {
            return Reply.of(409, "the release is being published");
        }
        end(path, upload.get(), true);
        return new Reply(204, "");
    }

    private synchronized void end(String path, Upload upload, boolean discarding) {
        open.remove(path, upload);
        try {
            if (discarding) {
                upload.discard();
            } else {
                upload.close();
            }
        } catch (IOException e) {
            LOG.warn("an upload did not end in order: survey={} reason={}", path, e.toString());
        }
    }

    /** Puts aside the uploads that nobody goes on with, and removes what has come of them when it is too old. */
    public synchronized void expire() {
        Map.copyOf(open).forEach((path, upload) -> {
            if (upload.isStale(RESTING)) {
                LOG.warn(
                        "nobody goes on with a push: survey={} partner={} missing={}",
                        path,
                        upload.partner(),
                        upload.missingBytes());
                end(path, upload, false);
            }
        });
        if (!settings.rules().isEmpty()) {
            clearOld();
        }
    }

    private void clearOld() {
        try {
            Instant now = clock.instant();
            for (var left : Leftovers.in(data).entrySet()) {
                Optional<Duration> keeping = settings.keeping(left.getKey());
                boolean old = keeping.isPresent()
                        && left.getValue().changed().plus(keeping.get()).isBefore(now);
                if (old && !open.containsKey(left.getKey())) {
                    clear(left.getKey(), keeping.get());
                }
            }
        } catch (IOException e) {
            LOG.warn("unfinished pushes cannot be looked through: reason={}", e.toString());
        }
    }

    private void clear(String path, Duration keeping) {
        try {
            Arrival.clear(data.resolve(path));
            LOG.warn("an unfinished push was removed: survey={} kept-hours={}", path, keeping.toHours());
        } catch (IOException e) {
            LOG.warn("an unfinished push was not removed: survey={} reason={}", path, e.toString());
        }
    }

    /** Returns what to tell a partner whose files the disk does not take. */
    public Reply noSpace(PushRequest request) throws IOException {
        Optional<Upload> upload = find(request.survey());
        OptionalLong free = FreeSpace.of(data.resolve(request.survey()));
        LOG.warn(
                "the disk is full: survey={} missing={} free={}",
                request.survey(),
                upload.map(Upload::missingBytes).orElse(-1L),
                free.isPresent() ? free.getAsLong() : "unknown");
        String missing = upload.map(u -> "at most " + u.missingBytes() + " bytes are still to come")
                .orElse("none is left for a new upload");
        return Reply.of(507, noSpace(missing, free));
    }

    static String noSpace(String missing, OptionalLong free) {
        return "no space left on this node: " + missing
                + (free.isPresent() ? ", " + free.getAsLong() + " are free" : "")
                + "; the release before stays, and what has come is gone on with when there is room";
    }

    /** Ends; what has come stays for when the same releases are pushed again. */
    @Override
    public synchronized void close() {
        Map.copyOf(open).forEach((path, upload) -> end(path, upload, false));
        publisher.shutdown();
    }
}
