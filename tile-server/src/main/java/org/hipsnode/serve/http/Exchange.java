package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.function.Supplier;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.measure.Kind;
import org.hipsnode.serve.request.Conditions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer through Vert.x; belongs to its event loop. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final LoopState loop;
    private final LoopState.Line line;
    private final long start = System.nanoTime();
    private Kind kind = Kind.OTHER;
    private boolean last;

    Exchange(HttpServerRequest request, LoopState loop) {
        this.request = request;
        this.loop = loop;
        this.line = new LoopState.Line(
                client(request),
                request.method().name(),
                request.uri(),
                version(request.version()),
                request.getHeader("Referer"),
                request.getHeader("User-Agent"));
    }

    private static String version(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            default -> "HTTP/2.0";
        };
    }

    /** Returns the address of the client. */
    static String client(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress().hostAddress()).orElse("-");
    }

    HttpServerRequest request() {
        return request;
    }

    /** Says what the request is for. */
    void isFor(Kind newKind) {
        kind = newKind;
    }

    /** Has the connection closed after this answer. */
    void isLast() {
        last = true;
    }

    /** A part can be asked for with GET alone (RFC 9110 §14.2). */
    Conditions conditions() {
        return new Conditions(
                header("If-Match"),
                header("If-None-Match"),
                header("If-Modified-Since"),
                header("If-Unmodified-Since"),
                header("If-Range"),
                request.method().equals(HttpMethod.GET) ? header("Range") : Optional.empty(),
                header("Accept-Encoding"));
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    boolean isHttp2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    /** Sends an answer whose body is at hand. */
    Future<Void> send(Answer answer, Buffer body) {
        HttpServerResponse response = begin(answer);
        return finish(answer, hasBody(answer) ? response.end(body) : response.end());
    }

    /** Says why a request is not met. */
    void refuse(Resource.Refusal refusal) {
        send(Answers.refusal(refusal), Buffer.buffer(refusal.reason()));
    }

    /**
     * Sends an answer.
     *
     * @param body sends the body and ends; is asked only if there is one to be sent
     */
    Future<Void> send(Answer answer, Supplier<Future<Void>> body) {
        HttpServerResponse response = begin(answer);
        return finish(answer, hasBody(answer) ? body.get() : response.end());
    }

    private HttpServerResponse begin(Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        response.putHeader("Date", loop.date());
        Answers.ALWAYS.forEach(response::putHeader);
        answer.headers().forEach(response::putHeader);
        if (answer.status() != 204 && answer.status() != 304 && answer.isMeasured()) {
            response.putHeader("Content-Length", Long.toString(answer.body().length()));
        }
        if (!answer.isMeasured() && request.version() == HttpVersion.HTTP_1_0) {
            last = true; // where it ends is told by closing
        }
        if (last && !isHttp2()) {
            response.putHeader("Connection", "close");
        }
        return response;
    }

    private boolean hasBody(Answer answer) {
        return !request.method().equals(HttpMethod.HEAD) && answer.body().length() != 0;
    }

    private long sentBytes(Answer answer) {
        if (!hasBody(answer)) {
            return 0;
        }
        return answer.isMeasured() ? answer.body().length() : request.response().bytesWritten();
    }

    private Future<Void> finish(Answer answer, Future<Void> sent) {
        return sent.onComplete(done -> {
            loop.done(line, kind, answer.status(), done.succeeded() ? sentBytes(answer) : 0, start);
            if (done.failed()) {
                LOG.debug("a response was not sent whole: reason={}", String.valueOf(done.cause()));
            }
            if (last) {
                var unused = request.connection().close();
            }
        });
    }
}
