package org.hipsnode.mirror.remote;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The thread that speaks to far servers, and what all its connections share. */
public final class HttpNetwork implements AutoCloseable {
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 1 << 15;

    /** Pieces of a body are as large as the system can give at once. */
    private static final int PIECE = 1 << 18;

    private static final int PAGE = 1 << 13;

    /** Chunks of 8 MiB: as much as eight connections fill, and two threads have not yet written. */
    private static final int PAGES_OF_CHUNK = 10;

    /** One thread fills pieces; Netty's usual allocator would zero each large one first. All runs share it, else each leaves its own. */
    private static final PooledByteBufAllocator MEMORY =
            new PooledByteBufAllocator(true, 0, 1, PAGE, PAGES_OF_CHUNK, 64, 32, false);

    /** Keeps one chunk: else it would be made and zeroed anew whenever all pieces are given back. */
    static final ByteBuf KEPT = MEMORY.directBuffer(PAGE);

    private final EventLoopGroup group;
    private final SslContext tls;

    /** Starts the thread; trusted are those whom Java trusts. */
    public HttpNetwork() throws IOException {
        tls = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1))
                .build();
        IoHandlerFactory transport = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("mirror", true), transport);
    }

    EventLoop loop() {
        return group.next();
    }

    /**
     * Prepares to ask a server.
     *
     * @param addresses gives the address for each connection
     */
    public Lanes lanes(Endpoint server, Pace pace, Throttle throttle, Supplier<InetAddress> addresses) {
        return new Lanes(server, this, pace, throttle, addresses);
    }

    /** Opens a connection, of which the lanes learn. */
    void open(Endpoint server, Supplier<InetAddress> addresses, Pace pace, Lanes lanes) {
        InetSocketAddress address = new InetSocketAddress(addresses.get(), server.port());
        Opening opening = new Opening(server, lanes, tls, pace.connect());
        var unused = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        pace.connect().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, MEMORY)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(1024, 1 << 14, PIECE))
                .handler(opening)
                .connect(address)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        opening.fail(connected.cause());
                    }
                });
    }

    /** A connection until it is ready for a request. */
    private static final class Opening extends ChannelInitializer<SocketChannel> {
        private final Endpoint server;
        private final Lanes lanes;
        private final SslContext tls;
        private final Duration patience;
        private boolean over;

        /**
         * Prepares to open one.
         *
         * @param patience for each step after the connection is there: encryption, and what HTTP/2 begins with
         */
        Opening(Endpoint server, Lanes lanes, SslContext tls, Duration patience) {
            this.server = server;
            this.lanes = lanes;
            this.tls = tls;
            this.patience = patience;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (server.secure()) {
                SslHandler handler = tls.newHandler(channel.alloc(), server.bareHost(), server.port());
                handler.setHandshakeTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
                channel.pipeline().addLast(handler);
            }
            channel.pipeline().addLast(new Greeting());
        }

        /** Waits for the connection, or for what is agreed on when it is encrypted. */
        private final class Greeting extends ChannelInboundHandlerAdapter {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                if (!server.secure()) {
                    succeed(ctx);
                }
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof SslHandshakeCompletionEvent handshake) {
                    if (handshake.isSuccess()) {
                        agreed(ctx);
                    } else {
                        fail(handshake.cause());
                        Wire.close(ctx.channel());
                    }
                }
            }

            private void agreed(ChannelHandlerContext ctx) {
                SslHandler encrypted = ctx.pipeline().get(SslHandler.class);
                if (ApplicationProtocolNames.HTTP_2.equals(encrypted.applicationProtocol())) {
                    SharedConnection.begin(ctx, MAX_HEADERS);
                    Wire.later(ctx.channel(), () -> giveUp(ctx), patience.toNanos());
                } else {
                    succeed(ctx);
                }
            }

            private void giveUp(ChannelHandlerContext ctx) {
                if (!over) {
                    fail(new IOException(
                            "it chose HTTP/2, but did not begin to speak it in " + patience.toMillis() / 1e3 + " s"));
                    Wire.close(ctx.channel());
                }
            }

            /** HTTP/2 begins with the server's settings. */
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof Http2SettingsFrame frame && !over) {
                    over = true;
                    ctx.pipeline().remove(this);
                    lanes.opened(ctx.channel(), frame.settings());
                } else {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                fail(new IOException("the connection was closed at once"));
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                fail(cause);
                Wire.close(ctx.channel());
            }
        }

        private void succeed(ChannelHandlerContext ctx) {
            over = true;
            Channel channel = ctx.channel();
            channel.pipeline().remove(ctx.handler());
            channel.pipeline().addLast(new HttpClientCodec(MAX_LINE, MAX_HEADERS, PIECE, true));
            lanes.opened(channel);
        }

        private void fail(Throwable cause) {
            if (!over) {
                over = true;
                boolean untrusted = HttpFaults.isOfCertificates(cause);
                String reason = untrusted ? HttpFaults.NOT_TRUSTED : cause.getMessage();
                Fault.Kind kind = untrusted ? Fault.Kind.NOT_TRUSTED : Fault.Kind.UNREACHABLE;
                lanes.failed(new Fault(kind, "'" + server + "' cannot be reached: " + reason, cause));
            }
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
