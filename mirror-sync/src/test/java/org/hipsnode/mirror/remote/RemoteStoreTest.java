package org.hipsnode.mirror.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hipsnode.faults.LyingServer.answer;
import static org.hipsnode.faults.LyingServer.endless;
import static org.hipsnode.faults.LyingServer.reset;
import static org.hipsnode.faults.LyingServer.text;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.LyingServer.Lie;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.HttpFiles.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteStoreTest {
    private static final int LIMIT = 1000;
    private static final Patience ENOUGH = new Patience(Duration.ofSeconds(20), Duration.ZERO);
    private static final Patience LITTLE = new Patience(Duration.ofMillis(300), Duration.ZERO);
    private static final Lie GOOD = answer(200, "hips_order = 3");

    private static HttpFiles files(Patience patience) {
        return new HttpFiles("hipsnode/test", HttpFiles.client().build(), patience);
    }

    private static RemoteStore store(String url, Patience patience) {
        return new RemoteStore(WebAddress.parse(url).orElseThrow(), files(patience));
    }

    private static RemoteStore store(LyingServer server) {
        return store(server.url("/survey"), ENOUGH);
    }

    private static Optional<String> properties(RemoteStore store) throws IOException {
        return store.read("properties", LIMIT).map(content -> new String(content, StandardCharsets.ISO_8859_1));
    }

    private static ThrowingCallable reading(LyingServer server) {
        return () -> store(server).read("properties", LIMIT);
    }

    @Test
    void readsAFileAndSaysWhoAsks() throws IOException {
        try (LyingServer server = LyingServer.telling(GOOD)) {
            assertThat(properties(store(server))).contains("hips_order = 3");
            assertThat(server.targets()).containsExactly("/survey/properties");
            assertThat(server.requests().get(0)).contains("User-Agent: hipsnode/test\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void whatIsNotThereIsAnAnswer(int status) throws IOException {
        try (LyingServer server = LyingServer.telling(answer(status, "<html>sorry"))) {
            assertThat(properties(store(server))).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 304, 400, 401, 403, 418})
    void otherAnswersAreNotAskedForAgain(int status) throws IOException {
        try (LyingServer server = LyingServer.telling(answer(status, status == 204 || status == 304 ? "" : "no"))) {
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'" + server.url("/survey/properties")
                            + "': expected an answer of status 200 or 404, found " + status);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void whatMayPassIsTriedAgain(int status) throws IOException {
        Lie fault = answer(status, "busy");
        try (LyingServer server = LyingServer.telling(fault, fault, GOOD)) {
            assertThat(properties(store(server))).contains("hips_order = 3");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void whatDoesNotPassIsTriedThreeTimesForEachFile() throws IOException {
        Lie fault = answer(500, "broken");
        try (LyingServer server = LyingServer.telling(fault, fault, fault, GOOD)) {
            RemoteStore store = store(server);
            assertThatThrownBy(() -> store.read("properties", LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'" + server.url("/survey/properties")
                            + "': expected an answer of status 200 or 404, found 500 (tried 3 times)");
            assertThat(server.requests()).hasSize(3);
            assertThat(properties(store)).contains("hips_order = 3");
        }
    }

    @Test
    void pausesGrowBetweenTries() throws IOException {
        try (LyingServer server = LyingServer.telling(answer(503, "busy"))) {
            RemoteStore store =
                    store(server.url("/survey"), new Patience(Duration.ofSeconds(20), Duration.ofMillis(100)));
            long start = System.nanoTime();
            assertThatThrownBy(() -> store.read("properties", LIMIT)).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void aBrokenConnectionIsMended() throws IOException {
        Lie cut = reset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhips_or");
        try (LyingServer server = LyingServer.telling(reset(""), cut, GOOD)) {
            assertThat(properties(store(server))).contains("hips_order = 3");
        }
        try (LyingServer server = LyingServer.telling(reset(""))) {
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("'" + server.url("/survey/properties") + "' cannot be read: ")
                    .hasMessageEndingWith(" (tried 3 times)");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhips_order = 3",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhips_order = 3",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhip\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhips_order = 3\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhips_order = 3",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhips_order = 3",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhips_order = 3",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\0\0\0\0",
                ""
            })
    void halfAnAnswerIsNone(String lie) throws IOException {
        try (LyingServer server = LyingServer.telling(text(lie))) {
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("'" + server.url("/survey/properties") + "' cannot be read: ");
        }
    }

    @Test
    void anAnswerEndsWhereItSays() throws IOException {
        try (LyingServer server =
                LyingServer.telling(text("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhips_order = 3"))) {
            assertThat(properties(store(server))).contains("hips");
        }
    }

    @Test
    void aFileOfTheLimitIsReadAndOneByteMoreIsTooMuch() throws IOException {
        try (LyingServer server = LyingServer.telling(
                answer(200, "x".repeat(LIMIT)), answer(200, "x".repeat(LIMIT + 1)), answer(200, ""))) {
            assertThat(store(server).read("properties", LIMIT).orElseThrow()).hasSize(LIMIT);
            assertThatThrownBy(reading(server))
                    .isInstanceOf(TooLargeException.class)
                    .hasMessageContainingAll(server.url("/survey/properties"), "1000 bytes");
            assertThat(store(server).read("properties", LIMIT).orElseThrow()).isEmpty();
            assertThat(server.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"
            })
    void anEndlessFileIsLeftAfterTheLimit(String head) throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        Lie endless = endless(head, "x".repeat(4096), 0);
        Lie watched = (connection, out) -> {
            try {
                endless.tell(connection, out);
            } finally {
                left.countDown();
            }
        };
        try (LyingServer server = LyingServer.telling(watched)) {
            assertThatThrownBy(reading(server)).isInstanceOf(TooLargeException.class);
            assertThat(left.await(2, TimeUnit.MINUTES))
                    .as("the connection ends")
                    .isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anEndlessErrorPageIsNotReadEither() throws IOException {
        try (LyingServer server = LyingServer.telling(endless("HTTP/1.1 404 No\r\n\r\n", "x".repeat(4096), 0))) {
            assertThat(properties(store(server))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 1000",
        "'', H, 20",
        "'HTTP/1.1 200 OK\r\n', 'X: x\r\n', 20",
        "'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n', x, 20"
    })
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aServerThatNeverComesToAnEndIsLeft(String first, String repeated, long pauseMillis) throws Exception {
        CountDownLatch left = new CountDownLatch(3);
        Lie slow = endless(first, repeated, pauseMillis);
        Lie watched = (connection, out) -> {
            try {
                slow.tell(connection, out);
            } finally {
                left.countDown();
            }
        };
        try (LyingServer server = LyingServer.telling(watched)) {
            assertThatThrownBy(() -> store(server.url("/survey"), LITTLE).read("properties", LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'" + server.url("/survey/properties")
                            + "' cannot be read: no whole answer in 0.3 s (tried 3 times)");
            if (!repeated.isEmpty()) {
                assertThat(left.await(2, TimeUnit.MINUTES))
                        .as("the connections end")
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: x\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "x"})
    void anEndlessHeadEndsBeforeMemoryDoes(String repeated) throws IOException {
        Lie endless = endless("HTTP/1.1 100 Continue\r\n", repeated.repeat(500), 0);
        try (LyingServer server = LyingServer.telling(endless)) {
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("'" + server.url("/survey/properties") + "' cannot be read: ");
        }
    }

    @Test
    void aPortWithoutServerIsSaidSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() ->
                        store("http://127.0.0.1:" + port + "/survey", ENOUGH).read("properties", LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessage("'http://127.0.0.1:" + port
                        + "/survey/properties' cannot be read: nobody listens there (tried 3 times)");
    }

    @Test
    void aRedirectIsFollowedToAnotherServer() throws IOException {
        try (LyingServer home = LyingServer.telling(GOOD);
                LyingServer old = LyingServer.telling(
                        answer(301, "moved", "Location: " + home.url("/new%20place/properties?v=2")))) {
            assertThat(properties(store(old))).contains("hips_order = 3");
            assertThat(home.targets()).containsExactly("/new%20place/properties?v=2");
        }
    }

    @Test
    void aCircleOfRedirectsIsLeft() throws IOException {
        try (LyingServer server = LyingServer.telling(answer(302, "", "Location: /survey/properties"))) {
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessage("'" + server.url("/survey/properties")
                            + "': expected an answer of status 200 or 404, found 302, a redirect to less than https, "
                            + "to no web server, or one too many");
            assertThat(server.requests()).hasSizeLessThan(10);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Location: file:///etc/passwd",
                "Location: ftp://host/properties",
                "Location: javascript:alert(1)",
                "Location: http://bad host/",
                "Location: http://",
                "Location: http:///properties",
                "Location: http://host:99999/",
                "Location: %",
                "Location: \\",
                "X-Location: /"
            })
    void aRedirectToNoServerIsNotFollowed(String location) throws IOException {
        try (LyingServer server = LyingServer.telling(answer(302, "", location))) {
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("'" + server.url("/survey/properties") + "'")
                    .hasMessageContaining("redirect");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowed(@TempDir Path folder) throws Exception {
        SSLContext tls = Certificate.make(folder);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (LyingServer plain = LyingServer.telling(GOOD)) {
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            secure.createContext("/good/", exchange -> {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
                exchange.close();
            });
            secure.createContext("/bad/", exchange -> {
                exchange.getResponseHeaders().add("Location", plain.url("/survey/properties"));
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            secure.start();
            String base = "https://127.0.0.1:" + secure.getAddress().getPort();
            HttpFiles trusting = new HttpFiles(
                    "hipsnode/test", HttpFiles.client().sslContext(tls).build(), ENOUGH);
            RemoteStore good = new RemoteStore(WebAddress.parse(base + "/good").orElseThrow(), trusting);
            assertThat(properties(good)).contains("ok");
            RemoteStore bad = new RemoteStore(WebAddress.parse(base + "/bad").orElseThrow(), trusting);
            assertThatThrownBy(() -> properties(bad))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("found 302, a redirect to less than https");
            assertThat(plain.requests()).isEmpty();
            assertThatThrownBy(() -> properties(store(base + "/good", ENOUGH)))
                    .as("a certificate that nobody vouches for")
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("certificat");
        } finally {
            secure.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, /properties, /",
        "'', /properties, /",
        "/survey, /survey/properties, /survey",
        "/survey/, /survey/properties, /survey/",
        "/survey///, /survey/properties, /survey///",
        "/my%20surveys/%C3%A9t%C3%A9, /my%20surveys/%C3%A9t%C3%A9/properties, /my%20surveys/%C3%A9t%C3%A9",
        "/a/../b, /a/../b/properties, /a/../b",
        "/list?get=record&key=hunter2, /list/properties?get=record&key=hunter2, /list?get=record&key=hunter2"
    })
    void oddAddressesLeadWhereTheySay(String path, String file, String base) throws IOException {
        try (LyingServer server = LyingServer.telling(GOOD)) {
            RemoteStore store = store(server.url(path), ENOUGH);
            assertThat(properties(store)).contains("hips_order = 3");
            assertThat(store.readBase(LIMIT)).isPresent();
            assertThat(server.targets()).containsExactly(file, base);
        }
    }

    @Test
    void oddNamesAreEncodedAndDangerousOnesRefused() throws IOException {
        try (LyingServer server = LyingServer.telling(GOOD)) {
            RemoteStore store = store(server);
            assertThat(store.read("a b/c?d#e%20é.fits", LIMIT)).isPresent();
            assertThat(server.targets()).containsExactly("/survey/a%20b/c%3Fd%23e%2520%C3%A9.fits");
            for (String name : new String[] {"../secret", "a/../../secret", "/etc/passwd", "a//b", "a\r\nX: y", ""}) {
                assertThatThrownBy(() -> store.read(name, LIMIT)).as(name).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void messagesKeepTheQueryToThemselves() throws IOException {
        Lie[] lies = {
            answer(403, "no"),
            answer(302, "", "Location: http://bad host/?key=hunter2"),
            answer(200, "x".repeat(LIMIT + 1)),
            text("nonsense\r\n\r\n")
        };
        for (Lie lie : lies) {
            try (LyingServer server = LyingServer.telling(lie)) {
                RemoteStore store = store(server.url("/survey?key=hunter2"), ENOUGH);
                assertThat(store).hasToString(server.url("/survey"));
                assertThatThrownBy(() -> store.read("properties", LIMIT))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(server.url("/survey/properties"))
                        .hasMessageNotContaining("hunter2");
            }
        }
    }

    @Test
    void aReaderWhoIsInterruptedStopsAndStaysInterrupted() throws Exception {
        try (LyingServer server = LyingServer.telling(endless("", "", 20_000))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(reading(server))
                    .isInstanceOf(IOException.class)
                    .hasMessage("interrupted while reading '" + server.url("/survey/properties") + "'");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Property(tries = 300)
    void anyAnswerIsAFileOrNoneOrRefusedInOneWay(@ForAll("answers") String answer) throws IOException {
        try (LyingServer server = LyingServer.telling(text(answer))) {
            try {
                store(server.url("/survey"), LITTLE)
                        .read("properties", LIMIT)
                        .ifPresent(content -> assertThat(content).hasSizeLessThanOrEqualTo(LIMIT));
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(server.url("/survey/properties"));
            }
        }
    }

    @Provide
    Arbitrary<String> answers() {
        Arbitrary<String> pieces = Arbitraries.of(
                "HTTP/1.1 ",
                "HTTP/1.0 ",
                "HTTP/2 ",
                "200",
                "100",
                "101",
                "302",
                "407",
                "404",
                "-1",
                " OK",
                " ",
                "\r\n",
                "\n",
                "\r",
                "\r\n\r\n",
                "Content-Length: ",
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: gzip",
                "Location: ",
                "Location: /survey/properties",
                "Location: http://[::1",
                "Proxy-Authenticate: Basic",
                "WWW-Authenticate: Basic realm=\"x\"",
                "Upgrade: websocket",
                "Connection: upgrade",
                ": ",
                ":",
                "5",
                "-5",
                "ffffffff",
                "0\r\n\r\n",
                "hello",
                "\0",
                "\u00ff",
                "x".repeat(2000));
        return Arbitraries.oneOf(
                pieces.list().ofMaxSize(20).map(list -> String.join("", list)),
                pieces.list().ofMaxSize(15).map(list -> "HTTP/1.1 200 OK\r\n" + String.join("", list)),
                pieces.list().ofMaxSize(15).map(list -> "HTTP/1.1 302 OK\r\n" + String.join("", list)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://93.184.216.34/a, https://93.184.216.35/b, false",
        "https://93.184.216.34/a, https://10.0.0.1/b, true",
        "https://93.184.216.34/a, https://[::1]/b, true",
        "https://93.184.216.34/a, https://169.254.169.254/b, true",
        "https://10.0.0.1/a, https://10.0.0.2/b, false",
        "https://10.0.0.1/a, https://93.184.216.34/b, false"
    })
    void noServerOfTheInternetSendsUsToOneInside(String from, String to, boolean inside) {
        assertThat(HttpFiles.leadsInside(URI.create(from), URI.create(to))).isEqualTo(inside);
    }
}
