package org.hipsnode.node.schedule;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.state.NodeLock;
import org.hipsnode.node.state.PastRelease;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.serve.http.SurveyServer;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.partner.Fixity;
import org.hipsnode.serve.partner.KeptCopy;
import org.hipsnode.serve.partner.KeptSurvey;
import org.hipsnode.serve.partner.Notice;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.partner.ReceivedPush;
import org.hipsnode.serve.partner.ServedRelease;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.ServedSurvey;
import org.hipsnode.store.FolderStore;

/**
 * All that a node does while it serves: makes its surveys, keeps its mirrors, tells partners, and remembers.
 *
 * <p>It looks at its configuration again when the file changes, or when it is asked to. One that cannot be understood leaves all as it is.
 */
public final class NodeWork implements Partners, AutoCloseable {
    private static final long LOOK_MILLIS = 1000;
    private static final long MOST_SECONDS_TO_END = 10;
    private static final int RELEASES_TOLD = 20;

    private final Path file;
    private final Source source;
    private final Means means;
    private final PrintStream messages;
    private final Clock clock = Clock.systemUTC();
    private final NodeLock lock;
    private final StateStore state;
    private final long run;
    private final SurveySchedule surveys;
    private final ExecutorService errands = Executors.newSingleThreadExecutor(MirrorSchedule.named("hipsnode-notes"));
    private final Thread thread = new Thread(this::keepLooking, "hipsnode-surveys");
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final NodeConfig begun;
    private volatile NodeConfig config;
    private volatile MirrorSchedule mirrors;
    private volatile Optional<SurveyServer> server = Optional.empty();
    private Stamp stamp;
    private Stamp tried;
    private String trouble = "";
    private volatile boolean started;
    private final AtomicLong replaced = new AtomicLong();

    /** Reads the configuration, with what flags say instead. */
    @FunctionalInterface
    public interface Source {
        NodeConfig read() throws IOException;
    }

    /** What changes when a file does. */
    private record Stamp(String text) {
        static Stamp of(Path file) {
            try {
                return new Stamp(Files.size(file) + " " + Files.getLastModifiedTime(file) + " "
                        + Files.getAttribute(file, "fileKey"));
            } catch (IOException e) {
                return new Stamp("none");
            }
        }
    }

    private NodeWork(Path file, Source source, Means means, PrintStream messages, NodeLock lock) throws IOException {
        this.file = file;
        this.source = source;
        this.means = means;
        this.messages = messages;
        this.lock = lock;
        this.stamp = Stamp.of(file);
        this.tried = stamp;
        this.begun = source.read();
        this.config = begun;
        DeclaredSurvey.of(config); // what is wrong at the start is said at once
        this.state = StateStore.open(config.data());
        state.endKilled();
        this.run = state.begin(StateStore.NODE, "", clock.instant());
        this.mirrors = mirrorSchedule(config);
        this.surveys = new SurveySchedule(
                config, means, state, new Alert(config.mirrors().alert()), this::say, clock);
    }

    /**
     * Prepares to do what a configuration says.
     *
     * @param file of the configuration
     * @param messages where a line is written after each run
     * @throws org.hipsnode.store.LockedException if another node runs on the same data
     */
    public static NodeWork of(Path file, Source source, Means means, PrintStream messages) throws IOException {
        Path data = source.read().data();
        Files.createDirectories(data); // a node may begin with mirrors alone
        NodeLock lock = NodeLock.take(data);
        boolean prepared = false;
        try {
            NodeWork work = new NodeWork(file, source, means, messages, lock);
            prepared = true;
            return work;
        } finally {
            if (!prepared) {
                lock.close();
            }
        }
    }

    private MirrorSchedule mirrorSchedule(NodeConfig wanted) throws IOException {
        return new MirrorSchedule(wanted, state, means, this::folders, messages, clock);
    }

    /** Returns the surveys that are served from folders here, by path. */
    private Map<String, Path> folders() {
        Map<String, Path> folders = new TreeMap<>();
        for (ServedSurvey survey : snapshot().all()) {
            if (survey.release().isPresent()) {
                folders.put(survey.path(), survey.folder());
            }
        }
        return folders;
    }

    private NodeSnapshot snapshot() {
        return server.map(SurveyServer::snapshot).orElseGet(() -> new NodeSnapshot(List.of()));
    }

    public NodeConfig config() {
        return config;
    }

    /** Starts beside the server that tells it what is published; the first runs begin at once. */
    public void start(SurveyServer beside) {
        server = Optional.of(beside);
        ServerMetrics metrics = beside.metrics();
        new MirrorMetrics(() -> mirrors.board(), this::snapshot).register(metrics);
        new AuditMetrics(() -> mirrors.auditing(), this::snapshot).register(metrics);
        new PushMetrics(() -> mirrors.pushing(), this::snapshot).register(metrics);
        started = true;
        mirrors.start();
        thread.setDaemon(true);
        thread.start();
    }

    /** Has the configuration read again soon, whether its file has changed or not. */
    public void reload() {
        asked.set(true);
    }

    private void keepLooking() {
        try {
            while (!closed.get()) {
                lookAtConfiguration();
                look();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node ends
        }
    }

    private void look() {
        try {
            surveys.look();
            trouble = "";
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble) && !closed.get()) {
                trouble = message;
                say("surveys are left as they are: " + message);
            }
        }
    }

    /** A file that is still being written is left alone until it rests. */
    private void lookAtConfiguration() {
        Stamp now = Stamp.of(file);
        boolean rests = now.equals(tried);
        tried = now;
        if (asked.getAndSet(false) || (rests && !now.equals(stamp))) {
            stamp = now;
            takeUp();
        }
    }

    private void takeUp() {
        try {
            NodeConfig next = source.read();
            DeclaredSurvey.of(next);
            if (!next.data().equals(config.data())) {
                throw new IOException("data is another folder, which needs a new start");
            }
            boolean others = !next.mirrors().equals(config.mirrors())
                    || !next.baseUrl().equals(config.baseUrl()); // copies tell their address
            Optional<MirrorSchedule> replacing = others ? Optional.of(mirrorSchedule(next)) : Optional.empty();
            if (server.isPresent()) {
                server.get().take(next.title(), next.baseUrl(), next.cached());
            }
            replacing.ifPresent(this::replaceMirrors);
            config = next;
            surveys.take(next);
            say("'" + file + "' is taken up: " + next.made().entries().size() + " surveys or folders of them, "
                    + next.mirrors().all().size() + " mirrors, " + next.cached().size() + " cached"
                    + (asStarted(next) ? "" : "; note: what is below server is another, and that needs a new start"));
        } catch (IOException | RuntimeException e) {
            say("'" + file + "' is not taken up, all goes on as before: " + e.getMessage());
        }
    }

    /** Tells whether a configuration differs from that of the start only in what can be taken up. */
    private boolean asStarted(NodeConfig next) {
        return next.settings()
                .with("", Optional.empty(), List.of())
                .equals(begun.settings().with("", Optional.empty(), List.of()));
    }

    private void replaceMirrors(MirrorSchedule next) {
        MirrorSchedule before = mirrors;
        before.close();
        replaced.addAndGet(before.changes() + 1);
        mirrors = next;
        mirrors.start();
    }

    private synchronized void say(String message) {
        messages.println(message);
        messages.flush();
    }

    @Override
    public List<KeptCopy> copies() {
        return mirrors.copies();
    }

    @Override
    public List<Fixity> audits() {
        return mirrors.audits();
    }

    @Override
    public List<KeptSurvey> made() {
        return surveys.surveys();
    }

    @Override
    public List<ServedRelease> releases(String path) {
        try {
            return state.releases(path, RELEASES_TOLD).stream()
                    .map(r -> new ServedRelease(r.content(), r.releaseDate(), r.files(), r.bytes(), r.seen()))
                    .toList();
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    @Override
    public long changes() {
        return replaced.get() + mirrors.changes() + surveys.changes();
    }

    @Override
    public boolean listens() {
        return mirrors.listens();
    }

    @Override
    public boolean listensTo(String partner) {
        return mirrors.listensTo(partner);
    }

    @Override
    public boolean hasNews(String partner, Notice notice) {
        return mirrors.hasNews(partner, notice);
    }

    @Override
    public void published(ServedSurvey survey) {
        mirrors.published(survey);
        if (!closed.get()) {
            errands.execute(() -> note(survey));
        }
    }

    /** A release without a manifest cannot be told from the next. */
    private void note(ServedSurvey survey) {
        try {
            var root = new ManifestReader(new FolderStore(survey.folder())).root();
            if (root.isPresent()) {
                state.released(new PastRelease(
                        survey.path(),
                        root.get().content().toString(),
                        root.get().head().releaseDate().orElse(""),
                        root.get().fileCount(),
                        root.get().totalBytes(),
                        clock.instant()));
            }
        } catch (IOException e) {
            say("release of " + survey.path() + " is not noted: " + e.getMessage());
        }
    }

    @Override
    public void received(ReceivedPush push) {
        mirrors.received(push);
    }

    /** Stops what is going on, which the next start goes on with. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (started) {
                thread.join(MOST_SECONDS_TO_END * 1000);
            }
            surveys.close();
            mirrors.close();
            errands.shutdown();
            if (!errands.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                say("not all could be noted in time");
            }
            state.end(run, clock.instant(), "ended", "", Map.of());
            state.close();
            lock.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            say(String.valueOf(e.getMessage()));
        }
    }
}
