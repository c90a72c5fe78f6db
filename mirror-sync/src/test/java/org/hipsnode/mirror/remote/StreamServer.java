package org.hipsnode.mirror.remote;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A server of HTTP/2 that answers as a test wants. */
public final class StreamServer implements AutoCloseable {
    private static final int PIECE = 1 << 14;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslContext tls;
    private final Http2Settings settings;
    private final Answers answers;
    private final Channel listening;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final Queue<String> targets = new ConcurrentLinkedQueue<>();
    private final Queue<Http2Error> resets = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();

    /** Answers requests, on the server's thread. */
    @FunctionalInterface
    public interface Answers {
        void tell(Request request);
    }

    /**
     * Starts.
     *
     * @param mostStreams that it allows on a connection
     */
    public StreamServer(SSLContext tls, int mostStreams, Answers answers) {
        this.tls = new JdkSslContext(
                tls,
                false,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2),
                ClientAuth.NONE,
                null,
                false);
        this.settings = Http2Settings.defaultSettings().maxConcurrentStreams(mostStreams);
        this.answers = answers;
        this.listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new Connection())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    public String url(String path) {
        return "https://127.0.0.1:" + port() + path;
    }

    public int connections() {
        return connections.get();
    }

    /** Returns how many streams there were at once. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** Returns what was asked for, also what was refused. */
    public Queue<String> targets() {
        return targets;
    }

    /** Returns why the client ended streams. */
    public Queue<Http2Error> resets() {
        return resets;
    }

    /** Returns how many bytes of bodies the client's windows let through. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }

    private final class Connection extends ChannelInitializer<SocketChannel> {
        @Override
        protected void initChannel(SocketChannel channel) {
            connections.incrementAndGet();
            channel.pipeline()
                    .addLast(
                            tls.newHandler(channel.alloc()),
                            Http2FrameCodecBuilder.forServer()
                                    .initialSettings(settings)
                                    .gracefulShutdownTimeoutMillis(2000)
                                    .encoderIgnoreMaxHeaderListSize(true)
                                    .build(),
                            new Http2MultiplexHandler(new ChannelInitializer<>() {
                                @Override
                                protected void initChannel(Channel stream) {
                                    stream.pipeline().addLast(new Stream());
                                }
                            }));
        }
    }

    private final class Stream extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            int now = open.incrementAndGet();
            mostOpen.accumulateAndGet(now, Math::max);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            open.decrementAndGet();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http2HeadersFrame asked) {
                targets.add(asked.headers().path().toString());
                answers.tell(new Request((Http2StreamChannel) ctx.channel(), asked.headers()));
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                resets.add(Http2Error.valueOf(reset.errorCode()));
            }
            ReferenceCountUtil.release(event);
        }
    }

    /** A request, and ways to answer it. */
    public final class Request {
        private final Http2StreamChannel stream;
        private final Http2Headers asked;

        Request(Http2StreamChannel stream, Http2Headers asked) {
            this.stream = stream;
            this.asked = asked;
        }

        public String target() {
            return asked.path().toString();
        }

        public Http2Headers headers() {
            return asked;
        }

        /** Answers with a file, whole. */
        public void answer(String content) {
            Http2Headers head = head(200).setInt("content-length", content.length());
            write(new DefaultHttp2HeadersFrame(head));
            data(content, true);
        }

        /** Says how the answer begins. */
        public void begin(Http2Headers head) {
            write(new DefaultHttp2HeadersFrame(head));
        }

        private void write(Http2Frame frame) {
            var unused = stream.writeAndFlush(frame);
        }

        /** Says all in the head. */
        public void onlyHead(Http2Headers head) {
            write(new DefaultHttp2HeadersFrame(head, true));
        }

        public void data(String content, boolean last) {
            byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
            stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), last))
                    .addListener(done -> sent.addAndGet(done.isSuccess() ? bytes.length : 0));
        }

        /** Sends as long as the client takes. */
        public void endless() {
            if (stream.isActive()) {
                stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[PIECE])))
                        .addListener(done -> {
                            if (done.isSuccess()) {
                                sent.addAndGet(PIECE);
                                stream.eventLoop().execute(this::endless);
                            }
                        });
            }
        }

        public void reset(Http2Error error) {
            write(new DefaultHttp2ResetFrame(error));
        }

        /** Takes this and what was asked before, and nothing more on this connection. */
        public void goAway() {
            var unused = stream.parent().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }

        /** Sends what is no HTTP/2 on the connection. */
        public void garble() {
            ChannelHandlerContext codec = stream.parent().pipeline().context(Http2FrameCodec.class);
            var unused = codec.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000]));
        }

        /** Ends the connection. */
        public void hangUp() {
            var unused = stream.parent().pipeline().firstContext().close();
        }
    }

    public static Http2Headers head(int status) {
        return new DefaultHttp2Headers().status(Integer.toString(status));
    }
}
