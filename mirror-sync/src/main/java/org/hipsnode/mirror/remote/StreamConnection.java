package org.hipsnode.mirror.remote;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.HashMap;
import java.util.Map;

/** A connection of HTTP/2, on which each exchange has a stream of its own. */
final class StreamConnection implements Connection {
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 1 << 23;

    private final Channel channel;
    private final Endpoint server;
    private final Throttle throttle;
    private final Lanes lanes;
    private final Map<Exchange, Channel> streams = new HashMap<>();
    private long limit = Lanes.MOST;
    private boolean usable = true;

    /** Takes over a channel that speaks HTTP/2. */
    StreamConnection(Channel channel, Endpoint server, Throttle throttle, Lanes lanes) {
        this.channel = channel;
        this.server = server;
        this.throttle = throttle;
        this.lanes = lanes;
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(
                        Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(STREAM_WINDOW))
                .build();
        channel.pipeline().addLast(codec, new Http2MultiplexHandler(new Unasked()), new Steering(codec));
        var unused = channel.closeFuture().addListener(closed -> {
            usable = false;
            lanes.serve();
        });
    }

    /** Closes streams that the server opens. */
    private static final class Unasked extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            Wire.close(stream);
        }
    }

    /** Takes what is said of the connection as a whole. */
    private final class Steering extends ChannelInboundHandlerAdapter {
        private final Http2FrameCodec codec;

        Steering(Http2FrameCodec codec) {
            this.codec = codec;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Http2Exception {
            if (message instanceof Http2SettingsFrame frame) {
                Long most = frame.settings().maxConcurrentStreams();
                limit = most == null ? limit : Math.min(most, Lanes.MOST);
                widen(ctx);
            } else if (message instanceof Http2GoAwayFrame) {
                usable = false;
            }
            ReferenceCountUtil.release(message);
            lanes.serve();
        }

        /** The window of the connection is 64 KiB at first, whatever settings say (RFC 9113 §6.9.2). */
        private void widen(ChannelHandlerContext ctx) throws Http2Exception {
            var connection = codec.connection();
            var flow = connection.local().flowController();
            int more = CONNECTION_WINDOW - flow.windowSize(connection.connectionStream());
            if (more > CONNECTION_WINDOW / 2) {
                flow.incrementWindowSize(connection.connectionStream(), more);
                ctx.flush();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            usable = false;
            Wire.close(ctx.channel());
        }
    }

    @Override
    public boolean isUsable() {
        return usable || !streams.isEmpty();
    }

    @Override
    public int free() {
        return usable && channel.isActive() ? (int) Math.max(0, limit - streams.size()) : 0;
    }

    @Override
    public int busy() {
        return streams.size();
    }

    @Override
    public void send(Exchange next) {
        streams.put(next, channel);
        AnswerHandler handler = new AnswerHandler(server, throttle, true, new StreamOwner(next));
        var unused = new Http2StreamChannelBootstrap(channel)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), handler);
                    }
                })
                .open()
                .addListener(opened -> {
                    if (opened.isSuccess()) {
                        begin(next, (Http2StreamChannel) opened.getNow(), handler);
                    } else {
                        refuse(next, opened.cause());
                    }
                });
    }

    private void begin(Exchange next, Channel stream, AnswerHandler handler) {
        streams.put(next, stream);
        next.begin(stream);
        handler.expect(next);
        Wire.write(
                stream,
                server,
                next.question.withHeader(
                        HttpConversionUtil.ExtensionHeaderNames.SCHEME.text().toString(),
                        server.secure() ? "https" : "http"));
    }

    private void refuse(Exchange next, Throwable cause) {
        streams.remove(next);
        usable = false;
        if (!next.mayBeAskedAnew() || !lanes.takeBack(next)) {
            next.fail(new Fault(Fault.Kind.BROKEN, "'" + server + "': no stream for a request: " + cause, cause));
        }
        lanes.serve();
    }

    /** What one stream tells of itself. */
    private final class StreamOwner implements AnswerHandler.Owner {
        private final Exchange exchange;

        StreamOwner(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void done(boolean reusable) {
            streams.remove(exchange);
            lanes.serve();
        }

        @Override
        public boolean takesBack(Exchange unheard) {
            return unheard.mayBeAskedAnew() && lanes.takeBack(unheard);
        }
    }

    @Override
    public void endSlow(Pace pace) {
        for (Map.Entry<Exchange, Channel> stream : Map.copyOf(streams).entrySet()) {
            if (stream.getKey().endIfSlow(pace, server.toString())) {
                Wire.close(stream.getValue());
            }
        }
    }

    @Override
    public void close() {
        usable = false;
        Wire.close(channel);
    }
}
