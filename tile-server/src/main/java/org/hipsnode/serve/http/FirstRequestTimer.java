package org.hipsnode.serve.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose first request does not come whole in time.
 *
 * <p>Vert.x tells of a connection only with its first request, since that may ask for HTTP/2. So this is put into each new
 * connection by Netty, which finds the {@link Extension} among its services, and taken out once Vert.x tells.
 */
final class FirstRequestTimer extends ChannelInboundHandlerAdapter {
    private static final String NAME = "first-request";
    private static final int SECONDS = 10;

    private @Nullable Future<?> end;

    /** Puts a timer into the connections of this process's servers. */
    public static final class Extension extends ChannelInitializerExtension {
        @Override
        public void postInitializeServerChildChannel(Channel channel) {
            FirstPackets.add(channel, tls(channel.pipeline()));
            channel.pipeline().addFirst(NAME, new FirstRequestTimer());
        }

        private static String tls(ChannelPipeline pipeline) {
            return pipeline.toMap().entrySet().stream()
                    .filter(e -> e.getValue() instanceof SslHandler || e.getValue() instanceof AbstractSniHandler<?>)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
        }
    }

    /** Has Netty look for the extension; must come before the first server. */
    static void install() {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }

    /** Ends the watch over a connection. */
    static void remove(Channel channel) {
        if (channel.pipeline().get(NAME) != null) {
            channel.pipeline().remove(NAME);
        }
        FirstPackets.remove(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (end == null) {
            end = ctx.executor().schedule(() -> closeNow(ctx), SECONDS, TimeUnit.SECONDS);
        }
        ctx.fireChannelRead(message);
    }

    private static void closeNow(ChannelHandlerContext ctx) {
        var unused = ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        Future<?> timer = end;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
