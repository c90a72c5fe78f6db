package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Knows since when a client has been sending one request; stands before the decoder of each HTTP/1.1 connection.
 *
 * <p>The timer of idle connections cannot see a client that sends a byte now and then and never ends. A packet may end within
 * a request that stands behind a whole one: that it has begun shows only in what the packet ends with, since nothing here has a
 * body. The first packet of a connection is seen by {@link FirstPackets}, since this is put there by the first request in it.
 */
final class RequestTimer extends ChannelInboundHandlerAdapter {
    private final ChannelHandlerContext connection;
    private final Ticks ticks;
    private int since = Ticks.NEVER;
    private boolean allowed;

    private HeadEnd end = new HeadEnd();

    /** The time in ticks, since this is asked at each read. */
    interface Ticks {
        int NEVER = -1;

        int now();
    }

    RequestTimer(ChannelHandlerContext connection, Ticks ticks) {
        this.connection = connection;
        this.ticks = ticks;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (since == Ticks.NEVER && !allowed) {
            since = ticks.now();
        }
        if (message instanceof ByteBuf bytes) {
            end.note(bytes);
        }
        ctx.fireChannelRead(message);
        expectRest();
    }

    /** A body that is allowed its time ends with no empty line. */
    private void expectRest() {
        if (since == Ticks.NEVER && !allowed && !end.isReached()) {
            since = ticks.now();
        }
    }

    /** Takes over from who saw the packets before this was there. */
    void goOnAfter(HeadEnd before) {
        end = before;
        expectRest();
    }

    /** Says that a request has come whole. */
    void complete() {
        since = Ticks.NEVER;
        allowed = false;
    }

    /** Lets the request that is coming take its time: somebody else looks to it. */
    void allow() {
        allowed = since != Ticks.NEVER;
        since = Ticks.NEVER;
    }

    /** Closes the connection if a request has taken too long to come. */
    void check(int mostTicks) {
        if (since != Ticks.NEVER && ticks.now() - since > mostTicks) {
            var unused = connection.close();
        }
    }
}
