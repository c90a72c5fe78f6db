package org.hipsnode.serve.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Knows since when a client has been sending one request; stands before the decoder of each HTTP/1.1 connection.
 *
 * <p>The timer of idle connections cannot see a client that sends a byte now and then and never ends. A packet may end within
 * a request that stands behind a whole one: that it has begun shows only in what the packet ends with, since nothing here has a
 * body. Of the first packet of a connection this knows nothing, being put there by the first request in it.
 */
final class RequestTimer extends ChannelInboundHandlerAdapter {
    private static final int CRLF_CRLF = 0x0d0a0d0a;
    private static final int LF_CRLF = 0x0a0d0a;
    private static final int LF_LF = 0x0a0a;

    private final ChannelHandlerContext connection;
    private final Ticks ticks;
    private int since = Ticks.NEVER;
    private boolean allowed;

    /** The last four bytes that came. */
    private int end;

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
            note(bytes);
        }
        ctx.fireChannelRead(message);
        if (since == Ticks.NEVER && !isEndOfHead()) {
            since = ticks.now();
        }
    }

    private void note(ByteBuf bytes) {
        for (int i = Math.max(bytes.readerIndex(), bytes.writerIndex() - Integer.BYTES); i < bytes.writerIndex(); i++) {
            end = end << Byte.SIZE | (bytes.getByte(i) & 0xff);
        }
    }

    /** Tells whether an empty line came last; lines may end without CR (RFC 9112 §2.2). */
    private boolean isEndOfHead() {
        return end == CRLF_CRLF || (end & 0xffff) == LF_LF || (end & 0xffffff) == LF_CRLF;
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
