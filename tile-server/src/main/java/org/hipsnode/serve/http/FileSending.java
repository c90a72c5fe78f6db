package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.answer.Answer;
import org.hipsnode.serve.answer.Answers;
import org.hipsnode.serve.answer.Resource;
import org.hipsnode.serve.origin.Provision;
import org.hipsnode.serve.origin.SurveyCache;
import org.hipsnode.serve.request.Conditions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has files of surveys opened or fetched, and sends them; belongs to one event loop. */
final class FileSending {
    private static final Logger LOG = LoggerFactory.getLogger(FileSending.class);

    /** No path of a request has a space in it. */
    private static final String GUARDED = "guarded ";

    private final Vertx vertx;
    private final Context context;
    private final Site site;

    FileSending(Vertx vertx, Site site) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.site = site;
    }

    /** Sends a file, wherever it has to come from. */
    void send(Exchange exchange, Resource.SurveyFile file) {
        Optional<SurveyCache> cache = site.readThrough().at(file.survey().path());
        if (cache.isPresent()) {
            RemoteFiles.provide(vertx, exchange.request(), cache.get(), file.name())
                    .onSuccess(found -> send(exchange, found, file.name()));
        } else {
            send(exchange, file.name(), find(file), Resource.Refusal.NOT_FOUND);
        }
    }

    /** What is at hand of private surveys has names that no request has: a request for it must pass the guard first. */
    private CompletableFuture<Optional<ServedFile>> find(Resource.SurveyFile file) {
        String path = "/" + WebAddress.encode(file.survey().path() + "/" + file.name());
        return site.shelf().find(file.survey(), file.survey().isPrivate() ? GUARDED + path : path, file.name());
    }

    private void send(Exchange exchange, Provision found, String name) {
        if (found instanceof Provision.InFolder here) {
            // it may have been dropped from the cache just now: then it is not missing, only to be asked for again
            send(exchange, name, site.shelf().findOnce(here.folder(), name), new Resource.Refusal(503, "ask again"));
        } else if (found instanceof Provision.Unavailable unavailable) {
            exchange.request().response().putHeader("Retry-After", Integer.toString(unavailable.retrySeconds()));
            exchange.refuse(new Resource.Refusal(unavailable.status(), unavailable.reason()));
        } else {
            exchange.refuse(Resource.Refusal.NOT_FOUND);
        }
    }

    private void send(
            Exchange exchange, String name, CompletableFuture<Optional<ServedFile>> found, Resource.Refusal absent) {
        if (found.isDone()) {
            sendFound(exchange, name, found, absent);
        } else {
            var unused = found.whenComplete(
                    (file, failure) -> context.runOnContext(go -> sendFound(exchange, name, found, absent)));
        }
    }

    private void sendFound(
            Exchange exchange, String name, CompletableFuture<Optional<ServedFile>> found, Resource.Refusal absent) {
        if (found.isCompletedExceptionally()) {
            LOG.error("a file cannot be read: file={} reason={}", name, reason(found));
            exchange.refuse(new Resource.Refusal(500, "the file cannot be read"));
        } else if (found.join().isEmpty()) {
            exchange.refuse(absent);
        } else {
            sendOpen(exchange, found.join().get());
        }
    }

    private static String reason(CompletableFuture<?> failed) {
        @Nullable Throwable[] cause = new Throwable[1];
        var unused = failed.handle((value, failure) -> cause[0] = failure);
        return String.valueOf(cause[0]);
    }

    /** Sends a file, and drops it when that is done. */
    private void sendOpen(Exchange exchange, ServedFile file) {
        Conditions conditions = exchange.conditions();
        Optional<ByteBuf> coded = file.coded();
        boolean sendsCoded = Answers.isCoded(file.facts(), conditions) && coded.isPresent();
        long codedSize = coded.map(ByteBuf::readableBytes)
                .map(Integer::longValue)
                .orElse(file.facts().size());
        Answer answer = Answers.file(file.facts(), codedSize, conditions);
        ByteBuf memory = sendsCoded ? coded.get() : file.memory();
        exchange.send(answer, () -> {
                    FileChannel channel = file.channel();
                    return memory == null && channel != null
                            ? FilePump.send(
                                    vertx,
                                    channel,
                                    answer.body(),
                                    exchange.request().response())
                            : exchange.request().response().end(part(memory, answer));
                })
                .onComplete(done -> file.drop());
    }

    private static Buffer part(@Nullable ByteBuf memory, Answer answer) {
        return memory == null
                ? Buffer.buffer()
                : BufferInternal.buffer(memory.slice(
                        (int) answer.body().first(), (int) answer.body().length()));
    }
}
