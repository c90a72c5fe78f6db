package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of shapes that servers and proxies read in different ways (RFC 9112 §11.2): refused, and what hides in them is not answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestShapesTest {
    private static final String TILE = "/s/Norder3/Dir0/Npix5.png";
    private static final String LINE = "GET " + TILE + " HTTP/1.1\r\nHost: a\r\n";

    /** Is there, so that an answer to it would show. */
    private static final String HIDDEN = "GET /s/hidden.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private ServerFixture server;
    private GoodClient good;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        ServerFixture.survey(
                data.resolve("s"),
                "creator_did = ivo://t/P/s\nhips_order = 3\n",
                "Norder3/Dir0/Npix5.png",
                "tile",
                "hidden.txt",
                "smuggled");
        server = ServerFixture.serving(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void askMeanwhile() {
        good = new GoodClient(server, TILE, "tile".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void othersWereServed() {
        good.close();
    }

    private static String shown(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
    }

    private static int answers(String text) {
        return text.split("HTTP/1\\.[01] \\d", -1).length - 1;
    }

    @Test
    void theHiddenFileIsThere() throws IOException {
        assertThat(server.raw(HIDDEN)).contains(" 200 ").endsWith("smuggled");
    }

    /** Each is followed by a request that must not be taken for one of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\\r\\nContent-Length: 5\\r\\n\\r\\nhello",
                "Content-Length: 0\\r\\nContent-Length: 60\\r\\n\\r\\n",
                "Content-Length: 0, 60\\r\\n\\r\\n",
                "Content-Length: +5\\r\\n\\r\\nhello",
                "Content-Length: -1\\r\\n\\r\\n",
                "Content-Length: 0x5\\r\\n\\r\\nhello",
                "Content-Length: 99999999999999999999\\r\\n\\r\\n",
                "Content-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding: chunked\\r\\nContent-Length: 5\\r\\n\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n",
                "Transfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\n",
                "Transfer-Encoding: chunked\\r\\n\\r\\nffffffffffffffff1\\r\\n",
                "Transfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabcdef\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding: CHUNKED\\r\\n\\r\\n0\\r\\n\\r\\n",
                "transfer-encoding: Chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding: xchunked\\r\\n\\r\\n",
                "Transfer-Encoding: chunked, identity\\r\\n\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding: identity\\r\\n\\r\\n",
                "Transfer-Encoding:\\tchunked\\r\\n\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding : chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding: identity\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
                "X: a\\0b\\r\\n\\r\\n",
                "X: a\u0001b\\r\\n\\r\\n",
                "X: a\u007fb\\r\\n\\r\\n",
                "X: a\\rb\\r\\n\\r\\n",
                "X : a\\r\\n\\r\\n",
                "X\\t: a\\r\\n\\r\\n",
                "no colon\\r\\n\\r\\n",
                "X\\0: a\\r\\n\\r\\n",
                "X(: a\\r\\n\\r\\n"
            })
    void aHeadOrBodyThatCanBeReadInTwoWaysIsRefused(String rest) throws IOException {
        String answer = server.raw(LINE + shown(rest) + HIDDEN);
        assertThat(answer).matches("(?s)HTTP/1\\.[01] (4\\d\\d|501) .*").doesNotContain("smuggled");
        assertThat(answers(answer)).isEqualTo(1);
    }

    /** RFC 9112 §5.2: a line that begins with a blank goes on with the header before it, and is no header of its own. */
    @ParameterizedTest
    @ValueSource(strings = {" Transfer-Encoding: chunked", "\tContent-Length: 60", " Content-Length: 60"})
    void aFoldedLineIsNoHeader(String line) throws IOException {
        String answer = server.raw(LINE + "X: a\r\n" + line + "\r\n\r\n" + HIDDEN);
        assertThat(answers(answer)).isEqualTo(2);
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("smuggled");
    }

    @Test
    void aRequestInTheBodyOfAnotherIsNotAnswered() throws IOException {
        for (String method : new String[] {"GET", "HEAD", "POST", "PUT", "OPTIONS"}) {
            String answer = server.raw(method + " " + TILE + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
                    + HIDDEN.length() + "\r\n\r\n" + HIDDEN);
            assertThat(answer).as(method).doesNotContain("smuggled");
            assertThat(answers(answer)).as(method).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET * HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n",
                "GET s/Norder3/Dir0/Npix5.png HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n",
                "CONNECT a:80 HTTP/1.1\\r\\nHost: a:80\\r\\nConnection: close\\r\\n\\r\\n",
                "GET /s/Norder3/Dir0/Npix5.png\\r\\n\\r\\n",
                "GET /s/Norder3/Dir0/Npix5.png HTTP/0.9\\r\\n\\r\\n",
                "GET /s/Norder3/Dir0/Npix5.png HTTP/2.0\\r\\nHost: a\\r\\n\\r\\n",
                "GET /s/Norder3/Dir0/Npix5.png HTTP/1.1 x\\r\\nHost: a\\r\\n\\r\\n",
                "GET /s/Norder3/Dir0/Npix5.png HTTP/1.1\\r\\n\\r\\n",
                "GET /s/Norder3/Dir0/Npix5.png HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n",
                "GET /s/Norder3 /Dir0 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
                "G\\0T /s/Norder3/Dir0/Npix5.png HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
                "\u0016\u0003\u0001\\0\u0005\u0001\\0\\0\\r\\n\\r\\n"
            })
    void aTargetOrVersionThatNobodyServesIsRefused(String request) throws IOException {
        assertThat(server.raw(shown(request)))
                .matches("(?s)HTTP/\\d\\.\\d (4\\d\\d|50[15]) .*")
                .doesNotContain("tile");
    }

    @Test
    void aTargetOfManyLettersIsRefused() throws IOException {
        assertThat(server.raw("GET /" + "a".repeat(8_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .matches("(?s)HTTP/1\\.[01] 414 .*")
                .endsWith("the request line is too long: expected 4096 bytes at most");
    }

    @Test
    void aHeadOfManyLettersIsRefused() throws IOException {
        assertThat(server.raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .endsWith("the head is too long: expected 16384 bytes at most");
    }

    /** RFC 9112 §3.2.2 (a server must accept it) and §9.3 (an HTTP/1.0 client may ask to keep the connection). */
    @Test
    void olderAndProxyFormsAreServed() throws IOException {
        String absolute = "GET http://a" + TILE + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assertThat(server.raw(absolute)).startsWith("HTTP/1.1 200 ").endsWith("tile");
        String old = "GET " + TILE + " HTTP/1.0\r\n";
        assertThat(server.raw(old + "\r\n")).contains(" 200 ").endsWith("tile");
        String kept = server.raw(old + "Connection: keep-alive\r\n\r\n" + old + "\r\n");
        assertThat(answers(kept)).isEqualTo(2);
        assertThat(server.raw("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 ");
    }

    /** RFC 9112 §2.2 lets a server take a bare LF for the end of a line; then it must do so everywhere. */
    @Test
    void bareLineFeedsEndLinesOrAreRefused() throws IOException {
        String answer = server.raw("GET " + TILE + " HTTP/1.1\nHost: a\nConnection: close\n\n" + HIDDEN);
        assertThat(answer).matches("(?s)HTTP/1\\.[01] (200|400) .*").doesNotContain("smuggled");
        assertThat(answers(answer)).isEqualTo(1);
    }
}
