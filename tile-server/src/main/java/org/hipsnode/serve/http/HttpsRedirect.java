package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.measure.Kind;

/** Sends those who come without TLS to the port that has it; each connection carries one request. */
final class HttpsRedirect extends VerticleBase {
    /** A client that says nothing keeps nobody else from connecting for long. */
    private static final int IDLE_SECONDS = 10;

    private final ServerSettings settings;
    private final Supplier<Optional<String>> baseUrl;
    private final LoopState loop;
    private final int port;
    private final int securePort;

    /**
     * Prepares to send all to the address with TLS.
     *
     * @param baseUrl tells the node's public address, if that is known
     */
    HttpsRedirect(
            ServerSettings settings, Supplier<Optional<String>> baseUrl, LoopState loop, int port, int securePort) {
        this.settings = settings;
        this.baseUrl = baseUrl;
        this.loop = loop;
        this.port = port;
        this.securePort = securePort;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(Listener.TICK_MILLIS, timer -> loop.tick(Instant.now()));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(Listener.MAX_REQUEST_LINE)
                .setMaxHeaderSize(Listener.MAX_HEADERS)
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .invalidRequestHandler(request -> Refusals.refuseInvalid(new Exchange(request, loop)))
                .listen();
    }

    private void answer(HttpServerRequest request) {
        Exchange exchange = new Exchange(request, loop);
        exchange.isFor(Kind.NODE);
        exchange.isLast();
        if (!Hosts.isRight(request)) {
            exchange.refuse(Refusals.ONE_HOST);
        } else if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            exchange.send(Answers.moved(base(request) + path(request)), Buffer.buffer());
        } else {
            // to allow OPTIONS would have pages send what they must not send in the clear
            exchange.refuse(new Resource.Refusal(403, "nothing is taken without TLS: ask " + base(request)));
        }
    }

    private String base(HttpServerRequest request) {
        return baseUrl.get().filter(url -> url.startsWith("https:")).orElse(BaseUrl.secure(request, securePort));
    }

    private static String path(HttpServerRequest request) {
        return request.uri().startsWith("/") ? request.uri() : "/";
    }
}
