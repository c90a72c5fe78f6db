package org.hipsnode.mirror.remote;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/** What is done to channels without waiting for it: of a failure the channel's handlers learn. */
final class Wire {
    private Wire() {}

    static void close(Channel channel) {
        var unused = channel.close();
    }

    /** Returns a question as a message. */
    static HttpRequest request(Endpoint server, Question question) {
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, question.target(), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, server.authority());
        question.headers().forEach((name, value) -> request.headers().set(name, value));
        return request;
    }

    static void later(Channel channel, Runnable action, long nanoseconds) {
        var unused = channel.eventLoop().schedule(action, nanoseconds, TimeUnit.NANOSECONDS);
    }
}
