package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Sees what comes on a connection before its {@link RequestTimer} is there, and tells it how that ended.
 *
 * <p>The timer is put there while the first request is being read, so it does not see the packet which that came in: half of
 * another request may stand at its end. This stands where bytes are no longer encrypted.
 */
final class FirstPackets extends ChannelInboundHandlerAdapter {
    private static final String NAME = "first-packets";

    private final HeadEnd end = new HeadEnd();

    /**
     * Puts one into a new connection.
     *
     * @param tls name of the handler that decrypts; empty if there is none
     */
    static void add(Channel channel, String tls) {
        if (tls.isEmpty()) {
            channel.pipeline().addFirst(NAME, new FirstPackets());
        } else {
            channel.pipeline().addAfter(tls, NAME, new FirstPackets());
        }
    }

    static void remove(Channel channel) {
        if (channel.pipeline().get(NAME) != null) {
            channel.pipeline().remove(NAME);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            end.note(bytes);
        }
        ctx.fireChannelRead(message);
        RequestTimer timer = ctx.pipeline().get(RequestTimer.class);
        if (timer != null) {
            timer.goOnAfter(end);
        }
    }
}
