package org.hipsnode.serve.http;

import io.netty.channel.unix.Errors;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.hipsnode.config.ConfigException;
import org.hipsnode.serve.access.CredentialWatch;
import org.hipsnode.serve.measure.AccessLog;
import org.hipsnode.serve.measure.ServerMetrics;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.serve.origin.ReadThrough;
import org.hipsnode.serve.partner.Partners;
import org.hipsnode.serve.receive.Uploads;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.hipsnode.serve.snapshot.SurveyWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server of surveys: one event loop for each processor, all on one port, and one snapshot that they share. */
public final class SurveyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SurveyServer.class);
    private static final int START_SECONDS = 30;
    private static final int END_SECONDS = 10;
    private static final long ASK_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_LOOKS = 20;

    private final Vertx vertx;
    private final Site site;
    private final Upkeep upkeep;
    private final Optional<AccessLog> log;
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int port;

    private SurveyServer(Vertx vertx, Site site, Upkeep upkeep, Optional<AccessLog> log) {
        this.vertx = vertx;
        this.site = site;
        this.upkeep = upkeep;
        this.log = log;
    }

    /** Starts a server that has nothing to do with other nodes beside it; returns once it answers. */
    public static SurveyServer start(ServerSettings settings) throws IOException {
        return start(settings, Partners.NONE);
    }

    /** Starts a server; returns once it answers. */
    public static SurveyServer start(ServerSettings settings, Partners partners) throws IOException {
        FirstRequestTimer.install();
        ServingOptions options = settings.options();
        Optional<byte[]> viewer = read(settings.bundledViewer());
        Optional<AccessLog> log = options.accessLog().isPresent()
                ? Optional.of(AccessLog.open(options.accessLog().get()))
                : Optional.empty();
        CredentialWatch credentials = CredentialWatch.of(settings.access());
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        AtomicInteger ownPort = new AtomicInteger();
        ReadThrough readThrough = readThrough(vertx, settings, ownPort::get);
        SurveyWatch watch = new SurveyWatch(settings.data(), readThrough::surveys);
        Upkeep upkeep = new Upkeep(watch);
        FileShelf shelf = new FileShelf(watch, upkeep.workers(), options);
        RateLimiter limiter = new RateLimiter(options.rateLimit(), System::nanoTime);
        Uploads uploads = new Uploads(
                settings.data(),
                watch,
                settings.receive(),
                partners::received,
                System::nanoTime,
                InstantSource.system());
        Guard guard = new Guard(vertx, settings.access(), credentials);
        Site site = new Site(
                settings, watch, shelf, new ServerMetrics(), limiter, viewer, guard, readThrough, uploads, partners);
        SurveyServer server = new SurveyServer(vertx, site, upkeep, log);
        try {
            upkeep.begin(shelf);
            watch.tell(partners::published);
            server.register();
            server.listen(settings);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        ownPort.set(server.port());
        server.askOthers();
        vertx.setPeriodic(ASK_MILLIS, timer -> server.askOthers());
        return server;
    }

    private static ReadThrough readThrough(Vertx vertx, ServerSettings settings, IntSupplier ownPort)
            throws IOException {
        try {
            return ReadThrough.open(
                    settings.cached(),
                    new VertxOrigin(vertx, new HttpClientOptions(), VertxOrigin.Patience.USUAL),
                    settings.baseUrl(),
                    ownPort,
                    ReadThrough.Surroundings.REAL);
        } catch (IOException e) {
            var unused = vertx.close();
            throw e;
        }
    }

    /** Looks whether credentials have changed, and origins have new releases. */
    private void askOthers() {
        site.guard().reload();
        site.readThrough().refresh();
        vertx.executeBlocking(
                () -> {
                    site.uploads().expire();
                    return true;
                },
                false);
    }

    private static Optional<byte[]> read(Optional<Path> viewer) throws IOException {
        return viewer.isPresent() ? Optional.of(Files.readAllBytes(viewer.get())) : Optional.empty();
    }

    private void register() {
        ServerMetrics metrics = site.metrics();
        site.shelf().register(metrics);
        metrics.gauge(
                "hipsnode.snapshot.age.seconds",
                "Time since the surveys were last looked through",
                site.watch(),
                watch -> watch.age().toMillis() / 1000.0);
        metrics.gauge(
                "hipsnode.surveys",
                "Surveys that are served",
                this,
                s -> s.snapshot().size());
        metrics.gauge("hipsnode.connections", "Open connections", this, SurveyServer::connections);
        site.uploads().register(metrics);
        site.readThrough().register(metrics);
        log.ifPresent(l -> metrics.counter(
                "hipsnode.log.dropped", "Lines of the access log that were not written", l, AccessLog::dropped));
    }

    private void listen(ServerSettings settings) throws IOException {
        port = settings.port() == 0 ? freePort(settings.host()) : settings.port();
        if (settings.options().tls().isPresent()) {
            Tls.prepare(vertx, settings.options().tls().get());
        }
        int loops = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < loops; i++) {
            LoopState loop = new LoopState(site.metrics().loop(), log.map(AccessLog::buffer));
            Listener listener = new Listener(
                    site, loop, settings.host(), port, settings.options().connections() / loops);
            listeners.add(listener);
            deploy(listener, settings.host(), port);
        }
        if (settings.options().redirectPort().isPresent()) {
            redirect(settings, settings.options().redirectPort().getAsInt());
        }
        if (settings.options().tls().isPresent()) {
            CertificateWatch.begin(vertx, settings.options().tls().get(), listeners);
        }
    }

    private void redirect(ServerSettings settings, int from) throws IOException {
        if (from == port) {
            throw new ConfigException(
                    "server.tls.redirect-port: expected another port than that with TLS, found " + from);
        }
        LoopState loop = new LoopState(site.metrics().loop(), log.map(AccessLog::buffer));
        deploy(new HttpsRedirect(settings, () -> site.face().baseUrl(), loop, from, port), settings.host(), from);
    }

    /** All loops must share one port, so it is chosen before the first of them listens. */
    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private void deploy(VerticleBase listener, String host, int at) throws IOException {
        try {
            await(vertx.deployVerticle(listener, new DeploymentOptions()), START_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        } catch (ExecutionException | TimeoutException e) {
            throw cannotListen(host + ":" + at, e);
        }
    }

    private static void await(Future<?> work, long seconds)
            throws InterruptedException, ExecutionException, TimeoutException {
        var unused = work.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    }

    private static IOException cannotListen(String place, Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof BindException || cause instanceof Errors.NativeIoException) {
            return new IOException(
                    "cannot listen at " + place + ": " + cause.getMessage()
                            + "; is another server there? choose another --port or --host",
                    cause);
        }
        return new IOException("cannot listen at " + place + ": " + cause, cause);
    }

    /** Returns the port at which the server listens. */
    public int port() {
        return port;
    }

    /** Returns the metrics, to which others may add theirs. */
    public ServerMetrics metrics() {
        return site.metrics();
    }

    /** Returns what is being served now. */
    public NodeSnapshot snapshot() {
        return site.watch().snapshot();
    }

    /**
     * Takes up what may become another while the server runs; requests in flight are answered as they were understood.
     *
     * @throws IOException if a cache cannot be opened, and then nothing is another
     */
    public void take(String title, Optional<String> baseUrl, List<OriginSettings> cached) throws IOException {
        site.readThrough().take(cached, baseUrl);
        site.take(title, baseUrl);
        askOthers();
    }

    /** Says that the end has come: who asks for the health is told, and of HTTP/1.1 each answer is the last of its connection. */
    void announceEnd() {
        site.end();
    }

    /**
     * Announces the end, stops listening when the clients that are at work have left, lets requests in flight finish for as long as the
     * settings allow, and ends.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        announceEnd();
        Duration drain = site.options().drain();
        try {
            seeOff();
            await(Future.join(listeners.stream().map(l -> l.drain(drain)).toList()), drain.toSeconds() + END_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("requests were cut off: reason={}", e.toString());
        }
        end();
    }

    /** Whoever asks again and again leaves with the next answer, before a request is lost; who is silent is not waited for. */
    private void seeOff() throws InterruptedException {
        long before = -1;
        for (int i = 0; i < MOST_LOOKS && connections() > 0 && comings() != before; i++) {
            before = comings();
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private long comings() {
        return listeners.stream().mapToLong(Listener::comings).sum();
    }

    private int connections() {
        return listeners.stream().mapToInt(Listener::connections).sum();
    }

    private void end() {
        site.readThrough().close();
        site.uploads().close();
        try {
            await(vertx.close(), END_SECONDS);
            upkeep.close();
            site.shelf().clear();
            if (log.isPresent()) {
                log.get().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.warn("the server did not end in order: reason={}", e.toString());
        }
    }
}
