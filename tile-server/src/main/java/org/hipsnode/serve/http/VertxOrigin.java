package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.hipsnode.serve.origin.FetchException;
import org.hipsnode.serve.origin.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Asks origins through Vert.x's client: bounded in bytes and in time whatever a server does.
 *
 * <p>The client stays on its own event loop; who asks waits on a thread of theirs. Bodies go to disk as they come, and a slow
 * disk holds the server back.
 */
final class VertxOrigin implements Origin {
    static {
        FirstRequestTimer.install(); // Netty looks for it when the first connection is made, to either side
    }

    private static final int CONNECTIONS = 8;

    /** An error page is read so that its connection can be used again, if it is not longer. */
    private static final long ERROR_PAGE = 1 << 16;

    private final Vertx vertx;
    private final HttpClient client;
    private final Patience patience;

    /**
     * How long to wait.
     *
     * @param silence until the answer begins, and between its pieces
     * @param whole until it has ended
     */
    record Patience(Duration connection, Duration silence, Duration whole) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(120));
    }

    VertxOrigin(Vertx vertx, HttpClientOptions options, Patience patience) {
        this.vertx = vertx;
        this.patience = patience;
        this.client = vertx.createHttpClient(
                options.setConnectTimeout((int) patience.connection().toMillis())
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(32 * 1024),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(CONNECTIONS * 16));
    }

    @Override
    public Reply ask(Question question, Path into) throws IOException {
        AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
        Future<Reply> reply = client.request(options(question)).compose(request -> {
            sent.set(request);
            question.headers().forEach(request::putHeader);
            // the response is taken on its own loop before anything of its body can come
            return request.send().compose(response -> receive(response, question.limit(), into));
        });
        try {
            return reply.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.whole().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(FetchException.Kind.UNREACHABLE, question, "the end of this server", e);
        } catch (TimeoutException e) {
            throw failure(
                    FetchException.Kind.TOO_SLOW,
                    question,
                    "none in " + patience.whole().toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            throw failure(question, e.getCause() == null ? e : e.getCause());
        } finally {
            stop(sent.get(), reply);
        }
    }

    private static void stop(@Nullable HttpClientRequest request, Future<Reply> reply) {
        if (request != null && !reply.isComplete()) {
            var unused = request.reset();
        }
    }

    private RequestOptions options(Question question) {
        URI uri = question.uri();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(
                        question.port(), question.target().getHostAddress()))
                .setHost(uri.getHost())
                .setPort(question.port())
                .setSsl(question.isSecure())
                .setURI(path + query)
                .setFollowRedirects(false)
                .setConnectTimeout(patience.whole().toMillis())
                .setIdleTimeout(patience.silence().toMillis());
    }

    private Future<Reply> receive(HttpClientResponse response, long limit, Path into) {
        if (response.statusCode() == 200) {
            response.pause();
            return vertx.fileSystem()
                    .open(into.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
                    .onFailure(e -> response.request().reset())
                    .compose(file -> take(response, limit, file));
        }
        return pass(response);
    }

    private static Future<Reply> take(HttpClientResponse response, long limit, AsyncFile file) {
        Promise<Long> received = Promise.promise();
        long[] bytes = {0};
        file.exceptionHandler(received::tryFail);
        response.exceptionHandler(received::tryFail);
        response.handler(piece -> {
            bytes[0] += piece.length();
            if (bytes[0] > limit) {
                received.tryFail(new TooMuch());
                response.request().reset();
            } else {
                write(response, file, piece, received);
            }
        });
        response.endHandler(end -> received.tryComplete(bytes[0]));
        response.resume();
        return received.future()
                .onFailure(e -> response.request().reset())
                .eventually(file::close)
                .map(length -> reply(response, length));
    }

    private static void write(HttpClientResponse response, AsyncFile file, Buffer piece, Promise<Long> received) {
        file.write(piece).onFailure(received::tryFail);
        if (file.writeQueueFull()) {
            response.pause();
            file.drainHandler(drained -> response.resume());
        }
    }

    /** More came than may. */
    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("more bytes than such a file may have");
        }
    }

    /** Lets the body of an answer go by. */
    private static Future<Reply> pass(HttpClientResponse response) {
        Promise<Reply> passed = Promise.promise();
        long[] bytes = {0};
        response.exceptionHandler(e -> passed.tryComplete(reply(response, bytes[0])));
        response.handler(piece -> {
            bytes[0] += piece.length();
            if (bytes[0] > ERROR_PAGE && passed.tryComplete(reply(response, bytes[0]))) {
                response.request().reset();
            }
        });
        response.endHandler(end -> passed.tryComplete(reply(response, bytes[0])));
        return passed.future();
    }

    private static Reply reply(HttpClientResponse response, long bytes) {
        Map<String, String> headers = new TreeMap<>();
        response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Reply(response.statusCode(), headers, bytes);
    }

    private static IOException failure(Question question, Throwable cause) {
        if (cause instanceof TooMuch) {
            return failure(
                    FetchException.Kind.WRONG_CONTENT, question, "more than " + question.limit() + " bytes", cause);
        }
        if (cause instanceof TimeoutException || cause instanceof io.netty.channel.ConnectTimeoutException) {
            return failure(FetchException.Kind.TOO_SLOW, question, String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof io.vertx.core.file.FileSystemException || cause instanceof FileSystemException) {
            return new IOException("a fetched file cannot be written: " + cause.getMessage(), cause);
        }
        return failure(FetchException.Kind.UNREACHABLE, question, String.valueOf(cause.getMessage()), cause);
    }

    private static FetchException failure(FetchException.Kind kind, Question question, String found, Throwable cause) {
        String where = question.uri().getHost() + question.uri().getRawPath();
        return new FetchException(kind, "'" + where + "': expected an answer, found " + found, cause);
    }
}
