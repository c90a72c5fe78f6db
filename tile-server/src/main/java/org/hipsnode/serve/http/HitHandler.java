package org.hipsnode.serve.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the {@link HotPath} can, before Vert.x sees it, and passes the rest on; one for each HTTP/1.1 connection.
 *
 * <p>Answers must leave in the order of the requests. So nothing is answered here while Vert.x owes an answer, and while a file
 * is being opened for one request those behind it wait.
 */
final class HitHandler extends ChannelDuplexHandler {
    /** Of parts of requests: a client that sends more at once is not read for a while. */
    private static final int MOST_BEHIND = 32;

    /** A client that does not take the rest by then does not get it. */
    private static final int MOST_CLOSING_SECONDS = 30;

    private final HotPath hot;
    private final RateLimiter limiter;
    private final RequestTimer timer;
    private final Wire wire;
    private final IntPredicate isLast;
    private final Queue<Object> behind = new ArrayDeque<>();
    private int owed;
    private int requests;
    private boolean skipping;
    private boolean written;
    private boolean opening;
    private boolean between;
    private boolean unseen;
    private boolean ending;
    private boolean ended;
    private @Nullable ChannelPromise closing;
    private long progress;

    /**
     * Stands between the codec and Vert.x.
     *
     * @param isLast whether a request, the first being 1, is the client's last, and answered as if it had asked for the end of the
     *     connection
     */
    HitHandler(HotPath hot, RateLimiter limiter, RequestTimer timer, Wire wire, IntPredicate isLast) {
        this.hot = hot;
        this.timer = timer;
        this.limiter = limiter;
        this.wire = wire;
        this.isLast = isLast;
    }

    /** Answers a request that was not decoded, if nothing is owed and its file is at hand. */
    boolean answer(PlainRequest request) {
        boolean free = between && owed == 0 && !opening && !skipping && !ending && closing == null;
        boolean mayGoOn = free && !isLast.test(requests + 1) && isAllowed();
        if (mayGoOn && answer(request, System.nanoTime()) == HotPath.Outcome.ANSWERED) {
            requests++;
            unseen = true;
            return true;
        }
        return false;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        between = message instanceof LastHttpContent;
        if (between) {
            timer.complete();
        }
        take(ctx, message);
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        if (opening) {
            behind.add(message);
            if (behind.size() > MOST_BEHIND) {
                ctx.channel().config().setAutoRead(false);
            }
        } else if (message instanceof HttpRequest request) {
            begin(ctx, request);
        } else if (skipping) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        if (ending) {
            skipping = true;
            ReferenceCountUtil.release(request);
            return;
        }
        if (isLast.test(++requests)) {
            request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        Optional<PlainRequest> plain = isMine(request) ? HotPath.plain(request) : Optional.empty();
        if (plain.isEmpty()) {
            pass(ctx, request);
            return;
        }
        long start = System.nanoTime();
        switch (answer(plain.get(), start)) {
            case ANSWERED -> {
                skipping = true;
                written = true;
            }
            case NOT_AT_HAND -> open(ctx, request, plain.get(), start);
            case NOT_PLAIN -> pass(ctx, request);
        }
    }

    private HotPath.Outcome answer(PlainRequest request, long start) {
        HotPath.Outcome outcome = hot.answer(request, wire, start);
        if (outcome == HotPath.Outcome.ANSWERED) {
            limiter.allows(wire.client());
        }
        return outcome;
    }

    private boolean isMine(HttpRequest request) {
        return owed == 0 && request.decoderResult().isSuccess() && isAllowed();
    }

    private boolean isAllowed() {
        return wire.isWritable() && !limiter.isExhausted(wire.client());
    }

    private void pass(ChannelHandlerContext ctx, Object request) {
        owed++;
        wire.release();
        ctx.fireChannelRead(request);
    }

    private void open(ChannelHandlerContext ctx, HttpRequest request, PlainRequest plain, long start) {
        CompletableFuture<Optional<ServedFile>> load = hot.load(plain).orElse(null);
        if (load == null) {
            pass(ctx, request);
        } else if (load.isDone()) {
            answerOpened(ctx, request, plain, load, start);
        } else {
            opening = true;
            var unused = load.whenComplete((file, failure) ->
                    ctx.executor().execute(() -> goOn(ctx, () -> answerOpened(ctx, request, plain, load, start))));
        }
    }

    /** Answers once it is known whether there is a file; where that cannot be known, Vert.x tells what is wrong. */
    private void answerOpened(
            ChannelHandlerContext ctx,
            HttpRequest request,
            PlainRequest plain,
            CompletableFuture<Optional<ServedFile>> opened,
            long start) {
        if (!opened.isCompletedExceptionally() && hot.finish(plain, opened.join(), wire, start)) {
            limiter.allows(wire.client());
            skipping = true;
            written = true;
        } else {
            pass(ctx, request);
        }
    }

    private void goOn(ChannelHandlerContext ctx, Runnable answering) {
        opening = false;
        answering.run();
        while (!opening && !behind.isEmpty()) {
            take(ctx, behind.remove());
        }
        channelReadComplete(ctx);
        if (!opening) {
            ctx.channel().config().setAutoRead(true);
            ChannelPromise promise = closing;
            if (promise != null) {
                closeWhenSent(ctx, promise);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (written) {
            written = false;
            ctx.flush();
        }
        ctx.fireChannelReadComplete();
    }

    /** After an answer that ends the connection no other leaves, whatever has been asked since (RFC 9112 §9.6). */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (ended) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse response && !HttpUtil.isKeepAlive(response)) {
            ending = true;
        }
        if (message instanceof LastHttpContent) {
            owed--;
            ended = ending;
        }
        var unused = ctx.write(message, promise);
    }

    /** Vert.x does not know of the request that waits for its file, nor of what is still on its way. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
        boolean sending = waiting != null && !waiting.isEmpty();
        if (ctx.channel().isActive() && closing == null && (opening || sending)) {
            closing = promise;
            var unused = ctx.executor().schedule(() -> closeNow(ctx), MOST_CLOSING_SECONDS, TimeUnit.SECONDS);
            if (!opening) {
                closeWhenSent(ctx, promise);
            }
        } else {
            var unused = ctx.close(promise);
        }
    }

    private static void closeNow(ChannelHandlerContext ctx) {
        var unused = ctx.close();
    }

    private void closeWhenSent(ChannelHandlerContext ctx, ChannelPromise promise) {
        wire.sent().addListener(sent -> {
            var unused = ctx.close(promise);
        });
    }

    /** A client that takes its answer slowly is not idle; what is read and written here is not seen by the timer. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && (unseen || opening || isTaking(ctx))) {
            unseen = false;
            return;
        }
        ctx.fireUserEventTriggered(event);
    }

    private boolean isTaking(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            return false;
        }
        long before = progress;
        progress = waiting.currentProgress() - waiting.totalPendingWriteBytes();
        return progress != before;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        behind.forEach(ReferenceCountUtil::release);
        behind.clear();
        ctx.fireChannelInactive();
    }
}
