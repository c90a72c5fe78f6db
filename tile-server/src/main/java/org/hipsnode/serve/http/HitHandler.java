package org.hipsnode.serve.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers what the {@link HotPath} can, before Vert.x sees it, and passes the rest on; one for each HTTP/1.1 connection.
 *
 * <p>Answers must leave in the order of the requests. So nothing is answered here while Vert.x owes an answer.
 */
final class HitHandler extends ChannelDuplexHandler {
    private final HotPath hot;
    private final ChannelHandlerContext wire;
    private final String client;
    private int owed;
    private boolean skipping;
    private boolean written;

    /**
     * Stands between the codec and Vert.x.
     *
     * @param wire the place of the encoder: what is written there passes it by
     * @param client address for the log
     */
    HitHandler(HotPath hot, ChannelHandlerContext wire, String client) {
        this.hot = hot;
        this.wire = wire;
        this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            if (owed == 0
                    && request.decoderResult().isSuccess()
                    && ctx.channel().isWritable()
                    && hot.answer(request, wire, client)) {
                skipping = true;
                written = true;
            } else {
                owed++;
                ctx.fireChannelRead(message);
            }
        } else if (skipping) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
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

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent) {
            owed--;
        }
        var unused = ctx.write(message, promise);
    }
}
