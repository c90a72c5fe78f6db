package org.hipsnode.mirror.remote;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/2: each exchange is a stream, and all of them go on at once.
 *
 * <p>What a stream may send ahead of its reader is bounded by its window, which opens again only as its bytes are taken: so a reader that lags or a
 * rate limit holds the server back as a connection of its own would. A connection that the server ends (GOAWAY), or on which it falls silent, is
 * left to its last streams.
 */
final class SharedConnection extends ChannelInboundHandlerAdapter implements Connection {
    /** As much as is queued for the reader of an answer; at 100 ms of distance, 10 MB/s for each stream. */
    private static final int STREAM_WINDOW = 1 << 20;

    /** For all streams of a connection, so that some whose readers lag do not stop the others. */
    private static final int CONNECTION_WINDOW = 1 << 24;

    private final Channel channel;
    private final Endpoint server;
    private final Throttle throttle;
    private final Lanes lanes;
    private final Set<Stream> streams = new LinkedHashSet<>();
    private boolean usable = true;
    private long served;
    private int most;
    private @Nullable Throwable broken;

    /** Takes over a channel that speaks HTTP/2 and whose server has told its settings. */
    SharedConnection(Channel channel, Http2Settings settings, Endpoint server, Throttle throttle, Lanes lanes) {
        this.channel = channel;
        this.server = server;
        this.throttle = throttle;
        this.lanes = lanes;
        this.most = mostStreams(settings, Lanes.MOST);
        channel.pipeline().addLast(this);
        var unused = channel.closeFuture().addListener(closed -> {
            usable = false;
            lanes.serve();
        });
    }

    /** Begins to speak HTTP/2, before a handler that waits for the server's settings. */
    static void begin(ChannelHandlerContext ctx, int maxHeaders) {
        Http2Settings ours = Http2Settings.defaultSettings()
                .pushEnabled(false)
                .initialWindowSize(STREAM_WINDOW)
                .maxHeaderListSize(maxHeaders);
        ctx.pipeline()
                .addBefore(
                        ctx.name(),
                        null,
                        Http2FrameCodecBuilder.forClient()
                                .initialSettings(ours)
                                .gracefulShutdownTimeoutMillis(0)
                                .build())
                .addBefore(ctx.name(), null, new Http2MultiplexHandler(new Refusal()));
        var unused = ctx.channel().writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW));
    }

    /** A server that allows none is asked for one, so that what it answers decides. */
    private static int mostStreams(Http2Settings settings, int otherwise) {
        Long said = settings.maxConcurrentStreams();
        return said == null ? otherwise : (int) Math.max(1, Math.min(said, Lanes.MOST));
    }

    @Override
    public boolean isUsable() {
        return usable;
    }

    @Override
    public int free() {
        return usable && channel.isActive() ? Math.max(0, most - streams.size()) : 0;
    }

    @Override
    public int busy() {
        return streams.size();
    }

    @Override
    public void send(Exchange exchange) {
        Stream stream = new Stream(exchange);
        streams.add(stream);
        var unused = new Http2StreamChannelBootstrap(channel)
                .handler(stream.handlers())
                .open()
                .addListener(opened -> {
                    if (opened.isSuccess()) {
                        stream.ask((Http2StreamChannel) opened.getNow());
                    } else {
                        stream.lose(opened.cause());
                    }
                });
    }

    @Override
    public void endSlow(Pace pace) {
        List.copyOf(streams).forEach(stream -> stream.endIfSlow(pace));
    }

    @Override
    public void close() {
        usable = false;
        Wire.close(channel);
    }

    /** Takes no more exchanges; ends after the last. */
    private void drain() {
        usable = false;
        if (streams.isEmpty()) {
            Wire.close(channel);
        }
        lanes.serve();
    }

    private void ended(Stream stream) {
        streams.remove(stream);
        if (usable) {
            lanes.serve();
        } else {
            drain();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2SettingsFrame frame) {
            most = mostStreams(frame.settings(), most);
            lanes.serve();
        } else if (message instanceof Http2GoAwayFrame) {
            drain();
        }
        ReferenceCountUtil.release(message);
    }

    /** What is wrong with the connection ends all its streams. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken = cause;
        close();
    }

    /** A stream that the server begins is none of ours. */
    private static final class Refusal extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            Wire.close(stream);
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }

    /** One exchange. */
    private final class Stream extends ChannelInboundHandlerAdapter implements AnswerHandler.Owner {
        private final Exchange exchange;
        private final AnswerHandler answers = new AnswerHandler(server, throttle, this);
        private @Nullable Channel own;
        private @Nullable Throwable cause;
        private boolean refused;

        Stream(Exchange exchange) {
            this.exchange = exchange;
        }

        ChannelInitializer<Channel> handlers() {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel stream) {
                    stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), Stream.this, answers);
                }
            };
        }

        void ask(Channel stream) {
            own = stream;
            exchange.begin(stream);
            answers.expect(exchange);
            var unused = stream.closeFuture().addListener(closed -> ended(this));
            var unusedToo = stream.writeAndFlush(Wire.request(server, exchange.question))
                    .addListener(sent -> {
                        if (!sent.isSuccess()) {
                            refuse(sent.cause()); // Netty closes the stream
                        }
                    });
        }

        /** The connection is gone, and nothing was asked. */
        void lose(Throwable why) {
            refused = true;
            if (!takesBack(exchange)) {
                exchange.fail(new Fault(Fault.Kind.BROKEN, "'" + server + "': expected a stream, found " + why, why));
            }
            ended(this);
        }

        private void refuse(Throwable why) {
            refused = true;
            cause = why;
        }

        void endIfSlow(Pace pace) {
            Channel stream = own;
            if (stream != null && exchange.endIfSlow(pace, server.toString())) {
                usable = false; // who knows whether the others would be heard
                Wire.close(stream);
            }
        }

        /** Learns why the stream is about to end. */
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                takeReset(reset.errorCode());
            } else if (event instanceof Http2GoAwayFrame) {
                refuse(new IOException("a connection that the server ends"));
            }
            ReferenceCountUtil.release(event);
        }

        private void takeReset(long code) {
            Http2Error error = Http2Error.valueOf(code);
            cause = new IOException("a reset of the stream, " + (error == null ? code : error));
            if (error == Http2Error.REFUSED_STREAM) {
                refused = true;
                most = Math.max(1, streams.size() - 1);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            Throwable why = cause == null ? broken : cause;
            if (why != null) {
                ctx.fireExceptionCaught(why);
            }
            ctx.fireChannelInactive();
        }

        @Override
        public void done(boolean reusable) {
            served++;
            lanes.serve();
        }

        @Override
        public boolean takesBack(Exchange unheard) {
            return (refused || served > 0) && unheard.mayBeAskedAnew() && lanes.takeBack(unheard);
        }
    }
}
