package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestTimerTest {
    private static final int MOST = 40;
    private static final String HEAD = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private int now;
    private RequestTimer timer;
    private final EmbeddedChannel channel = new EmbeddedChannel();

    RequestTimerTest() {
        ChannelHandlerContext last = channel.pipeline()
                .addLast("last", new ChannelInboundHandlerAdapter())
                .context("last");
        timer = new RequestTimer(last, () -> now);
        channel.pipeline().addFirst(timer);
    }

    private void comes(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private boolean livesAfter(int ticks) {
        now += ticks;
        timer.check(MOST);
        return channel.isOpen();
    }

    @Test
    void aRequestThatDoesNotEndIsCutOff() {
        comes("GET /");
        assertThat(livesAfter(MOST)).isTrue();
        comes(" HTTP/1.1");
        assertThat(livesAfter(1)).isFalse();
    }

    @Test
    void whatComesAfterAWholeRequestIsTimed() {
        comes(HEAD + "G");
        timer.complete();
        assertThat(livesAfter(MOST + 1)).isTrue();
        comes("ET /");
        assertThat(livesAfter(MOST + 1)).isFalse();
    }

    @Test
    void aBodyThatIsAllowedTakesItsTime() {
        comes("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc");
        timer.allow();
        comes("def");
        assertThat(livesAfter(10 * MOST)).isTrue();
        comes("ghi");
        timer.complete();
        comes(HEAD.strip());
        assertThat(livesAfter(MOST + 1)).isFalse();
    }

    @Test
    void theFirstPacketCountsToo() {
        HeadEnd half = new HeadEnd();
        half.note(Unpooled.copiedBuffer(HEAD + "GET", StandardCharsets.US_ASCII));
        timer.goOnAfter(half);
        assertThat(livesAfter(MOST + 1)).isFalse();
    }

    @Test
    void aFirstPacketThatWasWholeLetsTheClientRest() {
        HeadEnd whole = new HeadEnd();
        whole.note(Unpooled.copiedBuffer(HEAD, StandardCharsets.US_ASCII));
        timer.goOnAfter(whole);
        assertThat(livesAfter(10 * MOST)).isTrue();
    }
}
