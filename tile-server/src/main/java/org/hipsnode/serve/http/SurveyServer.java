package org.hipsnode.serve.http;

import io.netty.channel.unix.Errors;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hipsnode.serve.access.CredentialWatch;
import org.hipsnode.serve.origin.ReadThrough;
import org.hipsnode.serve.snapshot.FolderScan;
import org.hipsnode.serve.snapshot.NodeSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server of surveys: one event loop for each processor, all on one port, and one snapshot that they share. */
public final class SurveyServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SurveyServer.class);
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_REQUEST_LINE = 4096;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final long SCAN_MILLIS = 5_000;
    private static final int START_SECONDS = 30;

    private final Vertx vertx;
    private final Path data;
    private final Guard guard;
    private final ReadThrough readThrough;
    private volatile NodeSnapshot snapshot;
    private volatile int port;

    private SurveyServer(Vertx vertx, ServerSettings settings, CredentialWatch credentials, NodeSnapshot snapshot)
            throws IOException {
        this.vertx = vertx;
        this.data = settings.data();
        this.guard = new Guard(vertx, settings.access(), credentials);
        this.readThrough = ReadThrough.open(
                settings.cached(),
                new VertxOrigin(vertx, new HttpClientOptions(), VertxOrigin.Patience.USUAL),
                settings.baseUrl(),
                this::port,
                ReadThrough.Surroundings.REAL);
        this.snapshot = snapshot.with(readThrough.surveys());
    }

    /** Starts a server; returns once it answers. */
    public static SurveyServer start(ServerSettings settings) throws IOException {
        FolderScan.Result scan = FolderScan.of(settings.data());
        scan.problems().forEach(LOG::warn);
        CredentialWatch credentials = CredentialWatch.of(settings.access());
        SurveyServer server = prepare(settings, credentials, scan.snapshot());
        try {
            server.listen(settings);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        server.readThrough.refresh();
        server.vertx.setPeriodic(SCAN_MILLIS, timer -> server.rescan());
        return server;
    }

    private static SurveyServer prepare(ServerSettings settings, CredentialWatch credentials, NodeSnapshot found)
            throws IOException {
        Vertx vertx = Vertx.vertx();
        try {
            return new SurveyServer(vertx, settings, credentials, found);
        } catch (IOException e) {
            var unused = vertx.close();
            throw e;
        }
    }

    private void listen(ServerSettings settings) throws IOException {
        port = settings.port() == 0 ? freePort(settings.host()) : settings.port();
        RequestHandler handler = new RequestHandler(vertx, settings, guard, readThrough, this::snapshot);
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            deploy(new Listener(settings, handler), settings);
        }
    }

    /** All loops must share one port, so it is chosen before the first of them listens. */
    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private void deploy(Listener listener, ServerSettings settings) throws IOException {
        try {
            vertx.deployVerticle(listener)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        } catch (ExecutionException | TimeoutException e) {
            throw cannotListen(settings, e);
        }
    }

    private static IOException cannotListen(ServerSettings settings, Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String place = settings.host() + ":" + settings.port();
        if (cause instanceof BindException || cause instanceof Errors.NativeIoException) {
            return new IOException(
                    "cannot listen at " + place + ": " + cause.getMessage()
                            + "; is another server there? choose another --port or --host",
                    cause);
        }
        return new IOException("cannot listen at " + place + ": " + cause, cause);
    }

    /** Serves on one event loop. */
    private final class Listener extends VerticleBase {
        private final ServerSettings settings;
        private final RequestHandler handler;

        Listener(ServerSettings settings, RequestHandler handler) {
            this.settings = settings;
            this.handler = handler;
        }

        @Override
        public Future<?> start() {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(settings.host())
                    .setPort(port)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setMaxInitialLineLength(MAX_REQUEST_LINE)
                    .setMaxHeaderSize(MAX_HEADERS)
                    .setHttp2ClearTextEnabled(false);
            return vertx.createHttpServer(options)
                    .requestHandler(handler)
                    .invalidRequestHandler(handler::refuseInvalid)
                    .listen();
        }
    }

    private void rescan() {
        guard.reload();
        readThrough.refresh();
        vertx.<FolderScan.Result>executeBlocking(() -> FolderScan.of(data), true)
                .onSuccess(result -> snapshot = result.snapshot().with(readThrough.surveys()))
                .onFailure(
                        e -> LOG.warn("the surveys cannot be looked through: data={} reason={}", data, e.toString()));
    }

    /** Returns the port at which the server listens. */
    public int port() {
        return port;
    }

    /** Returns what is being served now. */
    public NodeSnapshot snapshot() {
        return snapshot;
    }

    /** Stops listening, and ends. */
    @Override
    public void close() {
        readThrough.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the server did not end in order: reason={}", e.toString());
        }
    }
}
