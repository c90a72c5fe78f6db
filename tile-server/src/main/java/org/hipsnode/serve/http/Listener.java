package org.hipsnode.serve.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The server of one event loop. */
final class Listener extends VerticleBase {
    private static final int IDLE_SECONDS = 60;
    static final int MAX_REQUEST_LINE = 4096;
    static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_STREAMS = 128;
    private static final int BACKLOG = 4096;
    static final long TICK_MILLIS = 250;
    private static final int TICKS_A_SECOND = 4;

    /** How long a request may take to come: its head is a few packets. */
    private static final int REQUEST_SECONDS = 10;

    private final Site site;
    private final LoopState loop;
    private final String host;
    private final int port;
    private final int most;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong comings = new AtomicLong();
    private final Set<RequestTimer> timers = new HashSet<>();
    private int ticks;
    private @Nullable HttpServer server;

    /**
     * Prepares a server.
     *
     * @param most how many connections there may be at once
     */
    Listener(Site site, LoopState loop, String host, int port, int most) {
        this.site = site;
        this.loop = loop;
        this.host = host;
        this.port = port;
        this.most = most;
    }

    @Override
    public Future<?> start() {
        RequestHandler handler = new RequestHandler(vertx, site, loop);
        HotPath hot = new HotPath(
                site.shelf(), site.watch(), loop, site.options().tls().isEmpty());
        StreamCounts streams = new StreamCounts(vertx, site.options().requestsPerConnection());
        vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        server = vertx.createHttpServer(options());
        return server.connectionHandler(connection -> begin(connection, hot, streams))
                .requestHandler(request -> {
                    streams.add(request);
                    handler.handle(request);
                })
                .invalidRequestHandler(handler::refuseInvalid)
                .listen();
    }

    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS))
                .setHttp2ClearTextEnabled(true)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        site.options().tls().ifPresent(files -> Tls.configure(options, files));
        return options;
    }

    private void begin(HttpConnection connection, HotPath hot, StreamCounts streams) {
        if (connection instanceof ConnectionBase base) {
            FirstRequestTimer.remove(base.channel());
        }
        comings.incrementAndGet();
        if (connections.incrementAndGet() > most) {
            connections.decrementAndGet();
            var unused = connection.close();
            return;
        }
        connection.closeHandler(closed -> {
            connections.decrementAndGet();
            comings.incrementAndGet();
            streams.remove(connection);
        });
        if (connection instanceof ConnectionBase base) {
            String client = Optional.ofNullable(connection.remoteAddress().hostAddress())
                    .orElse("-");
            insert(base.channelHandlerContext(), hot, client);
        }
    }

    @Override
    public Future<?> stop() {
        tick(); // the last lines of the log
        return Future.succeededFuture();
    }

    /** HTTP/2 has no such encoder, and is left to Vert.x. */
    private void insert(ChannelHandlerContext vertxPlace, HotPath hot, String client) {
        ChannelPipeline pipeline = vertxPlace.pipeline();
        ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
        ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
        if (encoder != null && decoder != null) {
            RequestTimer timer = new RequestTimer(vertxPlace, () -> ticks);
            timers.add(timer);
            vertxPlace.channel().closeFuture().addListener(closed -> timers.remove(timer));
            Wire wire = new Wire(encoder, client);
            int mostRequests = site.options().requestsPerConnection();
            HitHandler hits = new HitHandler(
                    hot, site.limiter(), timer, wire, request -> request >= mostRequests || !site.isReady());
            pipeline.addBefore(decoder.name(), "shortcut", new Shortcut(hits, wire));
            pipeline.addBefore(decoder.name(), "timer", timer);
            pipeline.addBefore(vertxPlace.name(), "hits", hits);
        }
    }

    /** Runs on the event loop, as all that touches timers does. */
    private void tick() {
        ticks++;
        loop.tick(Instant.now());
        if (ticks % TICKS_A_SECOND == 0) {
            List.copyOf(timers).forEach(timer -> timer.check(REQUEST_SECONDS * TICKS_A_SECOND));
        }
    }

    /** Takes another certificate for the connections from now on. */
    Future<Boolean> renew(TlsFiles files) {
        HttpServer running = server;
        return running == null ? Future.succeededFuture(false) : running.updateSSLOptions(Tls.renewed(files), true);
    }

    /** Returns how often a connection came or went. */
    long comings() {
        return comings.get();
    }

    int connections() {
        return connections.get();
    }

    /** Stops listening, and ends once all requests in flight are answered, or the time is over. */
    Future<Void> drain(Duration time) {
        HttpServer running = server;
        return running == null ? Future.succeededFuture() : running.shutdown(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
