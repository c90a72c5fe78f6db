package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.ManifestMaker;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.origin.OriginSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, one a cache of the other. */
class CachedSurveyServerTest {
    private static final String TILE = "Norder3/Dir0/Npix5.tsv";
    private static final String PROPERTIES = """
            creator_did = ivo://t/P/far
            obs_title = Far
            hips_order = 3
            hips_tile_format = tsv
            hips_release_date = 2026-01-01T00:00Z
            hips_status = public master clonable
            """;

    @TempDir
    private Path folder;

    private ServerFixture cacheOf(int port, String path) throws IOException {
        WebAddress origin =
                WebAddress.parse("http://127.0.0.1:" + port + "/" + path).orElseThrow();
        Path data = Files.createDirectories(folder.resolve("near" + port));
        ServerFixture server = ServerFixture.serving(
                data,
                AccessSettings.NOBODY,
                List.of(new OriginSettings("copy/of", origin, 1L << 30, data.resolve(".cached/copy"), true)));
        return server;
    }

    private static HttpResponse<byte[]> whenReady(ServerFixture server, String path) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        HttpResponse<byte[]> answer = server.get(path);
        while (answer.statusCode() != 200 && System.nanoTime() < end) {
            assertThat(answer.statusCode())
                    .as("what is to come is not missing, which browsers would remember")
                    .isEqualTo(503);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            answer = server.get(path);
        }
        return answer;
    }

    @Test
    void aSurveyWhoseOriginIsNotReadYetIsNotMissing() throws IOException {
        try (ServerFixture near = cacheOf(1, "s")) {
            HttpResponse<byte[]> answer = near.get("/copy/of/" + TILE);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(near.get("/copy/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aNodeServesAnothersSurveyAsAMirror() throws IOException {
        Path far = ServerFixture.survey(folder.resolve("far/s"), PROPERTIES, TILE, "a\tb\n1\t2\n");
        try (ServerFixture origin = ServerFixture.serving(folder.resolve("far"));
                ServerFixture near = cacheOf(origin.port(), "s")) {
            HttpResponse<byte[]> list = whenReady(near, "/copy/of/properties");
            assertThat(new String(list.body(), StandardCharsets.UTF_8)).contains("public mirror clonable");
            HttpResponse<byte[]> tile = near.get("/copy/of/" + TILE);
            assertThat(tile.body()).isEqualTo(Files.readAllBytes(far.resolve(TILE)));
            assertThat(tile.headers().firstValue("Cache-Control").orElse("")).startsWith("public");
            assertThat(tile.headers().firstValue("Last-Modified"))
                    .isEqualTo(origin.get("/s/" + TILE).headers().firstValue("Last-Modified"));
            assertThat(near.get("/copy/of/" + TILE, "Range", "bytes=0-0").statusCode())
                    .isEqualTo(206);
            assertThat(near.get("/copy/of/Norder3/Dir0/Npix6.tsv").statusCode()).isEqualTo(404);
            assertThat(near.get("/copy/of/index.html").statusCode()).isEqualTo(404);
            assertThat(new String(near.get("/hipslist").body(), StandardCharsets.UTF_8))
                    .contains("ivo://t/P/far", "hips_service_url     = http://127.0.0.1:" + near.port() + "/copy/of");
            origin.server().close();
            assertThat(near.get("/copy/of/" + TILE).statusCode()).isEqualTo(200);
            HttpResponse<byte[]> other = near.get("/copy/of/Norder3/Dir0/Npix7.tsv");
            assertThat(other.statusCode()).isEqualTo(502);
            assertThat(other.headers().firstValue("Retry-After")).isPresent();
            assertThat(other.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(new String(near.get("/metrics").body(), StandardCharsets.UTF_8))
                    .containsPattern("hipsnode_origin_requests_total [1-9]")
                    .containsPattern("hipsnode_origin_failures_total [1-9]")
                    .containsPattern("hipsnode_origin_kept_bytes [1-9]")
                    .doesNotContain("copy/of");
        }
    }

    @Test
    void theOriginsManifestIsBelievedMoreThanItsBytes() throws IOException {
        Path far = ServerFixture.survey(
                folder.resolve("far/s"), PROPERTIES, TILE, "a\tb\n1\t2\n", TILE.replace('5', '6'), "a\tb\n3\t4\n");
        ManifestMaker.make(
                far,
                java.util.Optional.of("ivo://t/P/far"),
                java.util.Optional.of("2026-01-01T00:00Z"),
                1,
                new Progress(System::nanoTime));
        Files.writeString(far.resolve(TILE.replace('5', '6')), "a\tb\n3\t5\n");
        try (ServerFixture origin = ServerFixture.serving(folder.resolve("far"));
                ServerFixture near = cacheOf(origin.port(), "s")) {
            whenReady(near, "/copy/of/properties");
            assertThat(near.get("/copy/of/" + TILE).statusCode()).isEqualTo(200);
            assertThat(near.get("/copy/of/" + TILE.replace('5', '6')).statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void aPrivateSurveyStaysPrivateAndAnUnclonableOneIsNotServed() throws IOException {
        ServerFixture.survey(folder.resolve("far/s"), PROPERTIES.replace("clonable", "unclonable"), TILE, "a\tb\n");
        try (ServerFixture origin = ServerFixture.serving(folder.resolve("far"));
                ServerFixture near = cacheOf(origin.port(), "s")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(near.get("/copy/of/properties").statusCode()).isEqualTo(404);
            assertThat(new String(near.get("/hipslist").body(), StandardCharsets.UTF_8))
                    .isEmpty();
        }
        try (LyingServer origin = LyingServer.start()) {
            origin.tell("/s/properties", LyingServer.answer(200, PROPERTIES.replace("public", "private")));
            origin.tell("/s/" + TILE, LyingServer.answer(200, "a\tb\n"));
            try (ServerFixture near = cacheOf(origin.port(), "s")) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                while (near.get("/copy/of/properties").statusCode() != 401 && System.nanoTime() < end) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
                assertThat(near.get("/copy/of/properties").statusCode()).isEqualTo(401);
                assertThat(near.get("/copy/of/" + TILE).statusCode()).isEqualTo(401);
                assertThat(origin.targets())
                        .as("nobody's wish reached the origin")
                        .doesNotContain("/s/" + TILE);
            }
        }
    }
}
