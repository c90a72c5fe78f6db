package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server works besides what it answers. */
class ServerWorkTest {
    private static final String TILE = "Norder3/Dir0/Npix5.png";

    @TempDir
    Path data;

    @BeforeEach
    void makeSurvey() throws IOException {
        ServerFixture.survey(
                data.resolve("s"),
                "creator_did = ivo://t/P/s\nhips_order = 3\nobs_description = " + "long ".repeat(1000) + "\n",
                TILE,
                "tile");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void metricsTellWhatWasAnswered() throws IOException {
        try (ServerFixture server = ServerFixture.serving(data)) {
            server.get("/s/" + TILE);
            server.get("/s/" + TILE);
            server.get("/s/Norder3/Dir0/Npix6.png");
            String metrics = text(server.get("/metrics"));
            assertThat(metrics)
                    .contains("hipsnode_requests_total{kind=\"png\",status=\"200\"} 2.0")
                    .contains("hipsnode_request_seconds_count 3")
                    .contains("hipsnode_connections 1.0")
                    .contains("hipsnode_sent_bytes_total")
                    .contains("hipsnode_snapshot_age_seconds");
        }
    }

    @Test
    void healthTellsThatItLives() throws IOException {
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/else").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theLogHasALineForEachAnswer() throws IOException {
        Path log = data.resolveSibling("log-" + data.getFileName());
        ServingOptions options =
                ServingOptions.defaults().with(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(log));
        try (ServerFixture server = ServerFixture.serving(data, options)) {
            server.get("/s/" + TILE, "User-Agent", "one");
            server.get("/s/" + TILE, "User-Agent", "two");
            server.get("/hipslist", "User-Agent", "three");
        }
        assertThat(Files.readAllLines(log))
                .hasSize(3)
                .anyMatch(line ->
                        line.matches("127.0.0.1 - - \\[.*\\] \"GET /s/" + TILE + " HTTP/1.1\" 200 4 \"-\" \"two\""));
        Files.delete(log);
    }

    /** What comes after the mistake is not read. */
    @Test
    void theLogTellsWhoSentWhatCannotBeUnderstood() throws IOException {
        Path log = data.resolveSibling("log-" + data.getFileName());
        ServingOptions options =
                ServingOptions.defaults().with(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(log));
        try (ServerFixture server = ServerFixture.serving(data, options)) {
            server.raw("GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: before\r\nbad header\r\n\r\n");
        }
        assertThat(Files.readString(log)).contains("\"GET / HTTP/1.1\" 400 ", " \"before\"\n");
        Files.delete(log);
    }

    @Test
    void aClientThatAsksTooMuchIsToldToWait() throws IOException {
        ServingOptions options =
                ServingOptions.defaults().with(Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty());
        try (ServerFixture server = ServerFixture.serving(data, options)) {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                HttpResponse<byte[]> answer = server.get("/s/" + TILE);
                if (answer.statusCode() == 429) {
                    refused++;
                    assertThat(header(answer, "Retry-After")).isEqualTo("1");
                    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
                }
            }
            assertThat(refused).isBetween(5, 10);
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void speaksHttp2WithoutEncryption() throws Exception {
        try (ServerFixture server = ServerFixture.serving(data)) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/s/" + TILE);
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer =
                        client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("tile");
            }
        }
    }

    @Test
    void textsAreCompressedForThoseWhoTakeThat() throws IOException {
        try (ServerFixture server = ServerFixture.serving(data)) {
            HttpResponse<byte[]> plain = server.get("/s/properties");
            HttpResponse<byte[]> coded = server.get("/s/properties", "Accept-Encoding", "gzip");
            assertThat(header(coded, "Content-Encoding")).isEqualTo("gzip");
            assertThat(header(coded, "Vary")).isEqualTo("Accept-Encoding");
            assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
            assertThat(coded.body()).hasSizeLessThan(plain.body().length / 2);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(coded.body())).readAllBytes())
                    .isEqualTo(plain.body());
            assertThat(header(coded, "ETag")).isEqualTo(header(plain, "ETag").replaceAll("\"$", "-gzip\""));
            assertThat(server.get("/s/" + TILE, "Accept-Encoding", "gzip")
                            .headers()
                            .firstValue("Vary"))
                    .isEmpty();
        }
    }

    @Test
    void theValidatorIsTheDigestOfTheManifestUntilTheFileIsChanged() throws IOException {
        Path survey = data.resolve("s");
        ManifestMaker.make(survey, Optional.of("ivo://t/P/s"), Optional.empty(), 1, new Progress(() -> 0));
        try (ServerFixture server = ServerFixture.serving(data)) {
            String digest = "\"" + Digest.of("tile".getBytes(StandardCharsets.UTF_8)) + "\"";
            assertThat(header(server.get("/s/" + TILE), "ETag")).isEqualTo(digest);
            assertThat(server.get("/s/" + TILE, "If-None-Match", digest).statusCode())
                    .isEqualTo(304);
        }
        Files.writeString(survey.resolve(TILE), "mine");
        try (ServerFixture server = ServerFixture.serving(data)) {
            assertThat(header(server.get("/s/" + TILE), "ETag")).contains("-");
        }
    }

    @Test
    void aRequestInFlightFinishesWhenTheServerEnds() throws Exception {
        byte[] large = new byte[30_000_000];
        Files.write(data.resolve("s/large.bin"), large);
        ServerFixture server = ServerFixture.serving(data);
        // over HTTP/2, this client gives up all when it hears that the server ends
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI address = URI.create("http://127.0.0.1:" + server.port() + "/s/large.bin");
        CompletableFuture<HttpResponse<java.io.InputStream>> asked =
                client.sendAsync(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = asked.get().body()) {
            CompletableFuture<Void> ended = CompletableFuture.runAsync(server::close);
            assertThat(body.readAllBytes()).isEqualTo(large);
            ended.join();
        }
    }
}
