package org.hipsnode.mirror.remote;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1, kept for one exchange after the other. */
final class PlainConnection implements Connection, AnswerHandler.Owner {
    private final Channel channel;
    private final Endpoint server;
    private final Lanes lanes;
    private final AnswerHandler handler;
    private @Nullable Exchange exchange;
    private boolean usable = true;
    private long served;

    /** Takes over a channel that speaks HTTP/1.1. */
    PlainConnection(Channel channel, Endpoint server, Throttle throttle, Lanes lanes) {
        this.channel = channel;
        this.server = server;
        this.lanes = lanes;
        this.handler = new AnswerHandler(server, throttle, this);
        channel.pipeline().addLast(handler);
        var unused = channel.closeFuture().addListener(closed -> {
            usable = false;
            lanes.serve();
        });
    }

    @Override
    public boolean isUsable() {
        return usable;
    }

    @Override
    public int free() {
        return usable && exchange == null && channel.isActive() ? 1 : 0;
    }

    @Override
    public int busy() {
        return exchange == null ? 0 : 1;
    }

    @Override
    public void send(Exchange next) {
        exchange = next;
        next.begin(channel);
        handler.expect(next);
        var unused = channel.writeAndFlush(Wire.request(server, next.question), channel.voidPromise());
    }

    @Override
    public void done(boolean reusable) {
        exchange = null;
        served++;
        usable &= reusable;
        lanes.serve();
    }

    @Override
    public boolean takesBack(Exchange unheard) {
        return served > 0 && unheard.mayBeAskedAnew() && lanes.takeBack(unheard);
    }

    @Override
    public void endSlow(Pace pace) {
        Exchange current = exchange;
        if (current != null && current.endIfSlow(pace, server.toString())) {
            close();
        }
    }

    @Override
    public void close() {
        usable = false;
        Wire.close(channel);
    }
}
