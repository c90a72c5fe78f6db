package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no decent client does: it is answered right or cut off, and the others are served meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerAbuseTest {
    private static final String TILE = "/s/Norder3/Dir0/Npix5.png";

    private ServerFixture server;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        server = ServerFixture.serving(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void othersAreServed() throws IOException {
        assertThat(server.get(TILE).statusCode()).isEqualTo(200);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The second request must never be taken for one of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET " + TILE
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET " + TILE
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhelloGET /smuggled HTTP/1.1\r\n\r\n",
                "GET " + TILE
                        + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nGET /smuggled HTTP/1.1\r\n\r\n",
                "GET " + TILE
                        + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
                "POST " + TILE + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n",
                "GET " + TILE + " HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET  " + TILE + "  HTTP/9.9\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void whatIsNoPlainRequestIsRefusedAndTheConnectionClosed(String request) throws IOException {
        String answer = server.raw(request);
        assertThat(answer).matches("(?s)HTTP/\\d\\.\\d [45].*").doesNotContain(" 200 ", " 404 ");
        othersAreServed();
    }

    @Test
    void hugeHeadersAreRefused() throws IOException {
        String answer = server.raw("GET " + TILE + " HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4");
        othersAreServed();
    }

    @Test
    void aRequestThatNeverEndsIsCutOff() throws IOException {
        try (Socket slow = connect()) {
            say(slow, "GET " + TILE + " HTTP/1.1\r\nHost: a\r\n");
            othersAreServed();
            boolean open = true;
            for (int i = 0; i < 60 && open; i++) {
                say(slow, "X-" + i + ": y\r\n");
                slow.setSoTimeout(500);
                open = isOpen(slow);
            }
            assertThat(open).as("still open after half a minute").isFalse();
        }
    }

    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        String request = "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n";
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            many.append(request.formatted(TILE, "")); // at hand after the first
            many.append(request.formatted("/s/no" + i, "")); // must be looked for
            many.append(request.formatted("/s/properties?x", "")); // takes the long way
        }
        many.append(request.formatted("/s/end", "Connection: close\r\n"));
        String answers = server.raw(many.toString());
        List<String> statuses = new ArrayList<>();
        var matcher = Pattern.compile("HTTP/1.1 (\\d+)").matcher(answers);
        while (matcher.find()) {
            statuses.add(matcher.group(1));
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            expected.addAll(List.of("200", "404", "200"));
        }
        expected.add("404");
        assertThat(statuses).isEqualTo(expected);
    }
}
