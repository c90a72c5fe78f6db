package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsPerConnectionTest {
    private static final String TILE = "/s/Norder3/Dir0/Npix5.png";
    private static final int MOST = 5;
    private static final ServingOptions OPTIONS = ServingOptions.defaults().withRequestsPerConnection(MOST);

    @TempDir
    private Path data;

    private String answersTo(String request) throws IOException {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        try (ServerFixture server = ServerFixture.serving(data, OPTIONS)) {
            return server.raw(request.repeat(3 * MOST)); // it returns when the server has closed
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TILE, "/", "/s/Norder3/Dir0/Npix6.png"})
    void aConnectionEndsInOrderAfterItsLastRequest(String path) throws IOException {
        String answers = answersTo("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(MOST + 1);
        String last = answers.substring(answers.lastIndexOf("HTTP/1.1 "));
        assertThat(last).containsIgnoringCase("connection: close");
        assertThat(answers.substring(0, answers.length() - last.length()))
                .doesNotContainIgnoringCase("connection: close");
    }

    /** One request after another, each answered from its bytes. */
    @Test
    void theFastPathCountsTheRequestsOfAClientThatWaits() throws IOException {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        try (ServerFixture server = ServerFixture.serving(data, OPTIONS);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            for (int i = 1; i <= MOST; i++) {
                socket.getOutputStream()
                        .write(("GET " + TILE + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                StringBuilder answer = new StringBuilder();
                while (!answer.toString().endsWith("\r\n\r\ntile")) {
                    int next = socket.getInputStream().read();
                    assertThat(next).as("answer " + i + ": " + answer).isNotNegative();
                    answer.append((char) next);
                }
                assertThat(answer.toString().toLowerCase(Locale.ROOT).contains("connection: close"))
                        .as("answer " + i)
                        .isEqualTo(i == MOST);
            }
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** So a client that asks again and again is gone before the server closes what is silent. */
    @ParameterizedTest
    @ValueSource(strings = {TILE, "/", "/s/Norder3/Dir0/Npix6.png", "/health/live"})
    void aServerThatEndsTellsSoWithItsNextAnswer(String path) throws IOException {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        try (ServerFixture server = ServerFixture.serving(data);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            byte[] request = ("GET " + TILE + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(request);
            StringBuilder first = new StringBuilder();
            while (!first.toString().endsWith("\r\n\r\ntile")) {
                int next = socket.getInputStream().read();
                assertThat(next).as(first.toString()).isNotNegative();
                first.append((char) next);
            }
            assertThat(first.toString()).doesNotContainIgnoringCase("connection: close");
            server.server().announceEnd();
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String last = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(last).startsWith("HTTP/1.1 ").containsIgnoringCase("connection: close");
            assertThat(server.raw("GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aConnectionOfHttp2EndsInOrderToo(int atOnce) throws Exception {
        ServerFixture.survey(
                data.resolve("s"), "creator_did = ivo://t/P/s\nhips_order = 3\n", "Norder3/Dir0/Npix5.png", "tile");
        AtomicInteger connections = new AtomicInteger();
        AtomicInteger farewells = new AtomicInteger();
        Vertx vertx = Vertx.vertx();
        try (ServerFixture server = ServerFixture.serving(data, OPTIONS)) {
            HttpClientAgent client = vertx.httpClientBuilder()
                    .with(new HttpClientOptions()
                            .setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false))
                    .with(new PoolOptions().setHttp2MaxSize(1))
                    .withConnectHandler(connection -> {
                        connections.incrementAndGet();
                        connection.goAwayHandler(goAway -> {
                            assertThat(goAway.getErrorCode()).isZero();
                            farewells.incrementAndGet();
                        });
                    })
                    .build();
            for (int i = 0; i < 3 * MOST; i++) {
                List<Future<Buffer>> answers = new ArrayList<>();
                for (int j = 0; j < atOnce; j++) {
                    // one step on the client's own thread: an answer that is there before it is listened to would be
                    // lost
                    answers.add(client.request(HttpMethod.GET, server.port(), "127.0.0.1", TILE)
                            .compose(request -> request.send().compose(HttpClientResponse::body)));
                }
                for (Future<Buffer> answer : answers) {
                    Buffer body =
                            answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
                    assertThat(body.toString()).isEqualTo("tile");
                }
            }
            assertThat(farewells.get()).isGreaterThanOrEqualTo(2);
            assertThat(connections.get()).isGreaterThan(farewells.get() - 1).isGreaterThanOrEqualTo(3);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anAnswerOfTheFastPathIsWhole() throws IOException {
        assertThat(answersTo("GET " + TILE + " HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("tile");
    }
}
