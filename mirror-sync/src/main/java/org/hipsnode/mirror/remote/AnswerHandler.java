package org.hipsnode.mirror.remote;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Makes calls to an exchange out of the messages of a connection. */
final class AnswerHandler extends ChannelInboundHandlerAdapter {
    private final Endpoint server;
    private final Throttle throttle;
    private final Owner owner;
    private @Nullable Exchange exchange;
    private boolean keepsAlive;
    private boolean inBody;

    /** Whose exchanges these are. */
    interface Owner {
        /** Learns that an exchange has ended, and whether the channel can take another. */
        void done(boolean reusable);

        /** Takes a question back that the server may not have got; false if there is no reason to think so. */
        boolean takesBack(Exchange exchange);
    }

    AnswerHandler(Endpoint server, Throttle throttle, Owner owner) {
        this.server = server;
        this.throttle = throttle;
        this.owner = owner;
    }

    void expect(Exchange next) {
        exchange = next;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Exchange current = exchange;
        if (current == null || current.isOver()) {
            ReferenceCountUtil.release(message);
            Wire.close(ctx.channel()); // nobody asked
        } else if (message instanceof HttpObject http && http.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(ctx, Fault.Kind.NOT_HTTP, http.decoderResult().cause());
        } else {
            take(ctx, current, message);
        }
    }

    /** Takes a head, content, or both in one, as an answer without a body is in HTTP/2. */
    private void take(ChannelHandlerContext ctx, Exchange current, Object message) {
        if (message instanceof HttpResponse response) {
            takeHead(current, response);
        }
        if (message instanceof HttpContent content && inBody) {
            takeContent(ctx, current, content);
        } else {
            ReferenceCountUtil.release(message); // the end of a head that only announces
        }
    }

    private void takeHead(Exchange current, HttpResponse response) {
        inBody = response.status().code() >= 200;
        keepsAlive = HttpUtil.isKeepAlive(response);
        if (inBody) {
            boolean ends = response instanceof LastHttpContent
                    || HttpUtil.isTransferEncodingChunked(response)
                    || response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                    || response.status().code() == 304;
            current.head(response, ends);
        }
    }

    private void takeContent(ChannelHandlerContext ctx, Exchange current, HttpContent content) {
        if (content.content().isReadable()) {
            current.piece(new Piece(content.content()), throttle);
        } else {
            content.release();
        }
        if (content instanceof LastHttpContent) {
            finish(ctx, current);
        }
    }

    private void finish(ChannelHandlerContext ctx, Exchange current) {
        exchange = null;
        inBody = false;
        boolean reusable = keepsAlive && !current.isOver();
        if (!reusable) {
            Wire.close(ctx.channel());
        }
        owner.done(reusable); // first, so that the server works on while this file is proven
        current.end();
    }

    private void fail(ChannelHandlerContext ctx, Fault.Kind kind, @Nullable Throwable cause) {
        Exchange current = exchange;
        exchange = null;
        Wire.close(ctx.channel());
        if (current == null) {
            return;
        }
        if (kind != Fault.Kind.BROKEN || !owner.takesBack(current)) {
            String reason = cause == null ? "the end of the connection" : String.valueOf(cause.getMessage());
            current.fail(new Fault(kind, "'" + server + "': expected a whole answer, found " + reason, cause));
        }
        owner.done(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, Fault.Kind.BROKEN, null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, Fault.Kind.BROKEN, cause);
    }
}
