package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHeadTest {
    private static final String VERSION = " HTTP/1.1\r\n";

    private static ClientHead known(String text) {
        ClientHead head = parse(text);
        if (head == null) {
            throw new AssertionError("expected a plain head: " + text);
        }
        return head;
    }

    private static @Nullable ClientHead parse(String text) {
        return ClientHead.parse(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void readsWhatABrowserSays() {
        ClientHead head = known(VERSION + "Host: node.example\r\nUser-Agent: Firefox/130\r\nAccept: image/*\r\n"
                + "Referer: https://a.example/\r\nSec-Fetch-Mode: cors\r\nif-none-match:  \"abc\" \r\n\r\n");
        assertThat(head.with("/a/Npix0.jpg"))
                .isEqualTo(new PlainRequest("/a/Npix0.jpg", "\"abc\"", "https://a.example/", "Firefox/130"));
    }

    @Test
    void isFoundAgainInTheNextRequest() {
        String text = VERSION + "Host: node.example\r\nUser-Agent: a\r\n\r\n";
        ClientHead head = known(text);
        assertThat(head.isRestOf(request("GET /b" + text), 6)).isTrue();
        assertThat(head.isRestOf(request("GET /b" + text + "x"), 6)).isFalse();
        assertThat(head.isRestOf(request("GET /b" + text.replace("a\r", "b\r")), 6))
                .isFalse();
        assertThat(ClientHead.NONE.isRestOf(request("GET /b"), 6)).isFalse();
    }

    private static ByteBuf request(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    /** Each of these changes an answer, hides a second request, or is for the decoder to judge. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Accept: */*\r\n",
                "Host: a\r\nHost: b\r\n",
                "Host: a\r\nRange: bytes=0-1\r\n",
                "Host: a\r\nContent-Length: 3\r\n",
                "Host: a\r\nTransfer-Encoding: chunked\r\n",
                "Host: a\r\nTransfer-Encoding : chunked\r\n",
                "Host: a\r\n Transfer-Encoding: chunked\r\n",
                "Host: a\r\nExpect: 100-continue\r\n",
                "Host: a\r\nUpgrade: h2c\r\n",
                "Host: a\r\nConnection: close\r\n",
                "Host: a\r\nConnection: keep-alive, upgrade\r\n",
                "Host: a\r\nAuthorization: Basic eDp5\r\n",
                "Host: a\r\nIf-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT\r\n",
                "Host: a\r\nIf-None-Match: \"a\"\r\nIf-None-Match: \"b\"\r\n",
                "Host: a\r\nUnheard-Of: 1\r\n",
                "Host: a\r\nAccept\r\n",
                "Host: a\r\n: x\r\n",
                "Host: a\nAccept: b\r\n",
                "Host: a\r\n\r\nGET /other HTTP/1.1\r\nHost: a\r\n",
                "Host: \u0000\r\n",
                "Host: \u00e9\r\n"
            })
    void leavesAllElseToTheDecoder(String lines) {
        assertThat(parse(VERSION + lines + "\r\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" HTTP/1.0\r\n", " HTTP/2.0\r\n", "  HTTP/1.1\r\n", " HTTP/1.1\n", " HTTP/1.1 \r\n", ""})
    void knowsOneVersionOnly(String version) {
        assertThat(parse(version + "Host: a\r\n\r\n")).isNull();
    }

    @Property
    void neverFails(@ForAll byte[] bytes) {
        ClientHead.parse(bytes);
        byte[] begun = (VERSION + new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        ClientHead head = ClientHead.parse(begun);
        assertThat(head == null || new String(begun, StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n"))
                .isTrue();
    }
}
