package org.hipsnode.serve.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * The way out of one connection, past the encoder; belongs to its event loop.
 *
 * <p>A head and the open file after it are two calls of the system. Without holding back, the head would leave in a packet of its
 * own. Once held, a connection stays so, and each file's end is pushed out: that is one call a file instead of two.
 */
final class Wire {
    private final ChannelHandlerContext place;
    private final Channel channel;
    private final String client;
    private boolean held;

    /**
     * Prepares the way.
     *
     * @param place that of the encoder: what is written there passes it by
     * @param client its address
     */
    Wire(ChannelHandlerContext place, String client) {
        this.place = place;
        this.channel = place.channel();
        this.client = client;
    }

    String client() {
        return client;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void write(Object part) {
        var unused = place.write(part, place.voidPromise());
    }

    /** Writes two parts as one: for parts as short as these a copy costs less than sharing them between loops. */
    void write(byte[] first, byte[] second) {
        write(channel.alloc()
                .directBuffer(first.length + second.length)
                .writeBytes(first)
                .writeBytes(second));
    }

    void flush() {
        place.flush();
    }

    /** Returns what completes when all that was written has left. */
    ChannelFuture sent() {
        return place.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Holds back packets that are not full, where the system can do so. */
    void hold() {
        if (!held && channel instanceof EpollSocketChannel && channel.isOpen()) {
            held = channel.config().setOption(EpollChannelOption.TCP_CORK, true);
        }
    }

    /** Holds nothing back from now on: what follows is written by one call, or not here. */
    void release() {
        if (held && channel.isOpen()) {
            channel.config().setOption(EpollChannelOption.TCP_CORK, false);
        }
        held = false;
    }

    /** Sends what is held back; what comes then is held again. Setting TCP_NODELAY does that, see tcp(7) of Linux. */
    void push() {
        if (held && channel.isOpen()) {
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        }
    }
}
