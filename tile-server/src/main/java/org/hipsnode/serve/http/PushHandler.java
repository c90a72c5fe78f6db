package org.hipsnode.serve.http;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.serve.access.Verdict;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.receive.PushRequest;
import org.hipsnode.serve.receive.Reply;
import org.hipsnode.serve.receive.Uploads;
import org.hipsnode.serve.request.RequestPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the requests of the push protocol (docs/push.md): who asks is known before a byte of a body is read. */
final class PushHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PushHandler.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int THREADS = 8;

    /** Bodies that are being read at once; each has a piece of 1 MiB in memory. */
    private static final int MOST_FILES = 64;

    /** Roots of manifests that are being read at once; each is in memory whole. */
    private static final int MOST_ROOTS = 4;

    /** A body may take so long, and longer the larger it is: nobody's link is slower than so many bytes a second. */
    private static final long BODY_SECONDS = 30;

    private static final long SLOWEST = 8 << 10;

    private final Vertx vertx;
    private final Site site;
    private final WorkerExecutor files;
    private final WorkerExecutor work;
    private final AtomicInteger filesNow;
    private final AtomicInteger rootsNow;

    PushHandler(Vertx vertx, Site site) {
        this.vertx = vertx;
        this.site = site;
        this.files = vertx.createSharedWorkerExecutor("push-files", THREADS);
        this.work = vertx.createSharedWorkerExecutor("push-work", THREADS);
        this.filesNow = site.pushes().files();
        this.rootsNow = site.pushes().roots();
    }

    /** How many bodies all event loops are reading. */
    record Counts(AtomicInteger files, AtomicInteger roots) {
        Counts() {
            this(new AtomicInteger(), new AtomicInteger());
        }
    }

    /** Takes a request if it is one of the protocol, and anybody may push here. */
    boolean handles(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (site.uploads().settings().rules().isEmpty()) {
            return false;
        }
        Optional<PushRequest> push = PushRequest.parse(
                request.method().name(), RequestPath.parse(request.uri()).segments());
        push.ifPresent(p -> admit(exchange, p));
        return push.isPresent();
    }

    private void admit(Exchange exchange, PushRequest push) {
        HttpServerRequest request = exchange.request();
        request.pause(); // until it is known who asks
        site.guard()
                .admit(
                        request,
                        who -> site.uploads()
                                .settings()
                                .rule(who.name(), push.survey())
                                .isPresent())
                .onSuccess(verdict -> {
                    if (verdict == Verdict.GRANTED) {
                        allowTime(request);
                        take(exchange, push, site.guard().name(request));
                    } else {
                        refuse(exchange, Reply.of(verdict.status(), reason(verdict)));
                    }
                });
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case NO_CREDENTIAL -> "to push, a credential is needed";
            case WRONG_CREDENTIAL -> "this survey is not taken from this partner: see server.receive of its node.yaml";
            default -> verdict.reason();
        };
    }

    /** Heads have to come soon; bodies of those who are known have a time of their own. */
    private void allowTime(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase base) {
            RequestTimer timer = base.channel().pipeline().get(RequestTimer.class);
            if (timer != null) {
                timer.allow();
            }
        }
        long seconds = BODY_SECONDS + Math.max(0, length(request)) / SLOWEST;
        long end = vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), late -> {
            if (!request.isEnded()) {
                var unused = request.connection().close();
            }
        });
        request.response().endHandler(done -> vertx.cancelTimer(end)).closeHandler(gone -> vertx.cancelTimer(end));
    }

    /** Returns how long the body is said to be; −1 if that is not said. */
    private static long length(HttpServerRequest request) {
        String said = String.valueOf(request.getHeader("Content-Length"));
        return said.matches("[0-9]{1,18}") ? Long.parseLong(said) : -1;
    }

    private void take(Exchange exchange, PushRequest push, String partner) {
        Uploads uploads = site.uploads();
        if (push instanceof PushRequest.Begin begin) {
            takeRoot(exchange, begin, partner);
        } else if (push instanceof PushRequest.Put put) {
            takeFile(exchange, put);
        } else if (length(exchange.request()) > 0 || exchange.request().getHeader("Transfer-Encoding") != null) {
            refuse(exchange, Reply.of(413, "no body belongs to this request"));
        } else if (push instanceof PushRequest.Wanted wanted) {
            answer(exchange, push, () -> uploads.wanted(wanted.survey(), wanted.release()));
        } else if (push instanceof PushRequest.Publish publish) {
            answer(exchange, push, () -> uploads.publish(publish.survey(), publish.release()));
        } else if (push instanceof PushRequest.Abandon abandon) {
            answer(exchange, push, () -> uploads.abandon(abandon.survey(), abandon.release()));
        }
    }

    private void answer(Exchange exchange, PushRequest push, Callable<Reply> making) {
        exchange.request().resume();
        work.executeBlocking(making, false)
                .onSuccess(reply -> send(exchange, reply))
                .onFailure(e -> fail(push, e, reply -> send(exchange, reply)));
    }

    private void takeRoot(Exchange exchange, PushRequest.Begin begin, String partner) {
        long length = length(exchange.request());
        if (length < 0 || length > ManifestRoot.MAX_BYTES) {
            refuse(
                    exchange,
                    Reply.of(
                            length < 0 ? 411 : 413,
                            "expected a manifest of " + ManifestRoot.MAX_BYTES
                                    + " bytes at most, with its Content-Length"));
            return;
        }
        if (rootsNow.incrementAndGet() > MOST_ROOTS) {
            rootsNow.decrementAndGet();
            refuse(exchange, Reply.of(503, "busy: try again"));
            return;
        }
        exchange.request()
                .body()
                .compose(root -> work.executeBlocking(
                        () -> site.uploads().begin(begin.survey(), partner, root.getBytes()), false))
                .onComplete(done -> rootsNow.decrementAndGet())
                .onSuccess(reply -> send(exchange, reply))
                .onFailure(e -> fail(begin, e, reply -> send(exchange, reply)));
        exchange.request().resume();
    }

    private void takeFile(Exchange exchange, PushRequest.Put put) {
        if (length(exchange.request()) < 0) {
            refuse(exchange, Reply.of(411, "a Content-Length is needed"));
            return;
        }
        if (filesNow.incrementAndGet() > MOST_FILES) {
            filesNow.decrementAndGet();
            refuse(exchange, Reply.of(503, "busy: try again"));
            return;
        }
        new BodyReading(exchange.request(), files, new FileTaking(site.uploads(), put, length(exchange.request())))
                .begin()
                .onComplete(done -> filesNow.decrementAndGet())
                .onSuccess(reply -> sendTaken(exchange, reply))
                .onFailure(e -> fail(put, e, reply -> sendTaken(exchange, reply)));
    }

    /** What is left of a body that was refused is not read. */
    private static void sendTaken(Exchange exchange, Reply reply) {
        if (exchange.request().isEnded()) {
            send(exchange, reply);
        } else {
            refuse(exchange, reply);
        }
    }

    /** To ask how full the disk is may take a while. */
    private void fail(PushRequest push, Throwable e, Consumer<Reply> sending) {
        var unused = work.executeBlocking(() -> failure(push, e), false).onSuccess(sending::accept);
    }

    private Reply failure(PushRequest push, Throwable e) {
        LOG.warn("a push failed here: survey={} reason={}", push.survey(), e.toString());
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            try {
                return site.uploads().noSpace(push);
            } catch (IOException unknown) {
                return Reply.of(507, "no space left on this node");
            }
        }
        return Reply.of(500, "cannot be done here: see its log");
    }

    private static void refuse(Exchange exchange, Reply reply) {
        exchange.isLast();
        send(exchange, reply);
    }

    private static void send(Exchange exchange, Reply reply) {
        if (reply.status() == 202 || reply.status() == 409 || reply.status() == 503) {
            exchange.request().response().putHeader("Retry-After", reply.status() == 202 ? "1" : "10");
        }
        byte[] text = reply.text().getBytes(StandardCharsets.UTF_8);
        exchange.send(Answers.fleeting(reply.status(), TEXT, text.length), Buffer.buffer(text));
    }
}
