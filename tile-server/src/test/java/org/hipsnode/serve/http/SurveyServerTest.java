package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.properties.HipsList;
import org.hipsnode.properties.HipsProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurveyServerTest {
    private static final String TILE = "0123456789".repeat(1000);
    private static final String PROPERTIES = """
            creator_did = ivo://test/P/co
            obs_title = CO <b>map</b>
            hips_release_date = 2026-01-01T00:00Z
            hips_status = public master clonable
            hips_tile_format = png fits
            hips_order = 3
            hips_frame = galactic
            """;

    private static final String SHARD = ".hipsnode/manifest/e3/e3b0c44298fc1c149afbf4c8996fb924.shard";

    private Path root;
    private ServerFixture server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        root = folder.resolve("data");
        Path survey = ServerFixture.survey(
                root.resolve("planck/co"),
                PROPERTIES,
                "Norder3/Dir0/Npix5.png",
                TILE,
                "Norder3/Allsky.png",
                "sky",
                "Moc.fits",
                "SIMPLE",
                "preview.jpg",
                "jpeg",
                "metadata.xml",
                "<VOTABLE/>",
                "Norder1/Dir0/Npix0.tsv",
                "a\tb\n",
                "HpxFinder/Norder3/Dir0/Npix5",
                "{\"name\":\"a\"}\n",
                "HpxFinder/metadata.xml",
                "<VOTABLE/>",
                ".hidden",
                "secret",
                ".hipsnode/manifest.json",
                "{}",
                ".hipsnode/provenance.json",
                "{}",
                ".hipsnode/state.json",
                "secret",
                SHARD,
                "HNS1");
        Files.write(survey.resolve("old.fits"), gzip("SIMPLE  = T and more"));
        ServerFixture.survey(
                root.resolve("with page"), "creator_did = ivo://test/P/page\n", "index.html", "<p>own page");
        ServerFixture.survey(root.resolve("elsewhere"), PROPERTIES + "hips_service_url = https://home.example/co\n");
        ServerFixture.survey(root.resolve("secret"), PROPERTIES.replace("public", "private"), "preview.jpg", "x");
        ServerFixture.survey(root.resolve("doubtful"), PROPERTIES.replace("public", "privat"));
        Files.writeString(folder.resolve("outside.txt"), "not yours");
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/properties"), "creator_did = ivo://out/P/side\n");
        Files.createSymbolicLink(survey.resolve("link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("linked"), folder.resolve("outside"));
        Files.writeString(root.resolve("loose.txt"), "in no survey");
        server = ServerFixture.serving(root);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "/planck/co/properties, text/plain; charset=utf-8",
        "/planck/co/Norder3/Dir0/Npix5.png, image/png",
        "/planck/co/Norder3/Allsky.png, image/png",
        "/planck/co/Moc.fits, application/fits",
        "/planck/co/preview.jpg, image/jpeg",
        "/planck/co/metadata.xml, application/x-votable+xml",
        "/planck/co/Metadata.xml, application/x-votable+xml",
        "/planck/co/Norder1/Dir0/Npix0.tsv, text/tab-separated-values; charset=utf-8",
        "/planck/co/HpxFinder/Norder3/Dir0/Npix5, text/plain; charset=utf-8",
        "/planck/co/HpxFinder/metadata.xml, application/x-votable+xml",
        "/planck/co/.hipsnode/manifest.json, application/json",
        "/planck/co/.hipsnode/provenance.json, application/json",
        "/planck/co/" + SHARD + ", application/octet-stream",
        "/with%20page/, text/html; charset=utf-8",
        "/hipslist, text/plain; charset=utf-8",
        "/, text/html; charset=utf-8",
        "/viewer/node.js, text/javascript; charset=utf-8",
        "/viewer/node.css, text/css; charset=utf-8",
        "/viewer/icon.svg, image/svg+xml",
        "/?q=co&frame=galactic, text/html; charset=utf-8",
        "/planck/co/, text/html; charset=utf-8",
        "/planck/co/viewer.html, text/html; charset=utf-8",
        "/planck/co/coverage.svg, image/svg+xml",
        "/planck/co/survey.wtml, application/x-wtml",
        "/hipslist.json, application/json",
        "/api/surveys, application/json",
        "/api/surveys/planck/co, application/json",
        "/api/mirrors, application/json",
        "/api/status, application/json",
        "/api/openapi.json, application/vnd.oai.openapi+json;version=3.1",
        "/robots.txt, text/plain; charset=utf-8",
        "//planck//co/properties?cache=no, text/plain; charset=utf-8"
    })
    void servesEveryKindOfFileWithItsType(String path, String type) throws IOException {
        HttpResponse<byte[]> response = server.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo(type);
        assertThat(header(response, "Content-Length")).isEqualTo(Integer.toString(response.body().length));
        HttpResponse<byte[]> head = server.send("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo(header(response, "Content-Length"));
        assertThat(header(head, "Content-Type")).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/planck/co/properties",
                "/planck/co/Norder3/Dir0/Npix6.png",
                "/nothing",
                "/",
                "/hipslist",
                "/planck/co"
            })
    void everybodysPagesMayUseEveryAnswer(String path) throws IOException {
        HttpResponse<byte[]> response = server.get(path, "Origin", "https://other.example");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(response, "Access-Control-Expose-Headers"))
                .contains("ETag")
                .contains("Content-Range");
        assertThat(header(response, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void answersPreflightsAndRefusesToChangeAnything() throws IOException {
        HttpResponse<byte[]> options = server.send("OPTIONS", "/planck/co/properties");
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(header(options, "Access-Control-Allow-Headers")).contains("Range");
        for (String method : List.of("PUT", "POST", "DELETE", "PATCH")) {
            HttpResponse<byte[]> response = server.send(method, "/planck/co/properties");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/planck/co/Norder3/Dir0/Npix6.png",
                "/planck/co/Norder4/",
                "/planck/co/properties/",
                "/planck/co/Norder3/Dir0",
                "/planck",
                "/planck/",
                "/planck/co/.hidden",
                "/planck/co/.hipsnode",
                "/planck/co/.hipsnode/journal/",
                "/planck/co/linked/",
                "/planck/co/files.txt",
                "/planck/co/.hipsnode/state.json",
                "/planck/co/.hipsnode/manifest/e4/",
                "/planck/co/Norder3/.hipsnode/manifest.json",
                "/.hipsnode/manifest.json",
                "/planck/co/link.txt",
                "/linked/properties",
                "/loose.txt",
                "/planck/co/properties/x",
                "/planck/co/NPIX5.png",
                "/viewer/secret.js",
                "/hipslist/x",
                "/api",
                "/api/",
                "/api/x",
                "/api/surveys/planck",
                "/api/surveys/planck/co/x",
                "/api/surveys/nothing",
                "/robots.txt/x",
                "/with%20page/survey.wtml"
            })
    void whatIsNotThereIsPlainlyNotFound(String path) throws IOException {
        HttpResponse<byte[]> response = server.get(path);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(text(response)).isEqualTo("not found");
        assertThat(header(response, "Cache-Control")).isEqualTo("public, max-age=600");
    }

    @Test
    void aVeryLongNameIsNotFoundAndAVeryLongPathIsRefused() throws IOException {
        assertThat(server.get("/planck/co/" + "a".repeat(300)).statusCode()).isEqualTo(404);
        assertThat(server.get("/planck/co/" + "a".repeat(3000)).statusCode()).isEqualTo(414);
        assertThat(server.raw("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .matches("(?s)HTTP/1.[01] 414 .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../outside.txt",
                "/planck/../../outside.txt",
                "/planck/co/../../../outside.txt",
                "/%2e%2e/outside.txt",
                "/planck/co/%2e%2e/%2e%2e/%2e%2e/outside.txt",
                "/planck/co/..%2f..%2f..%2foutside.txt",
                "/planck/co/%00",
                "/planck/co/properties%00.png",
                "/planck/co/..\\..\\outside.txt",
                "/planck/co/%ff",
                "/%",
                "/planck/co/%c0%ae%c0%ae/outside.txt"
            })
    void nothingOutsideTheDataFolderCanBeReached(String target) throws IOException {
        String answer = server.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("not yours");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "\0\0\0\0\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /\0 HTTP/1.1\r\nConnection: close\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String request) throws IOException {
        assertThat(server.raw(request)).matches("(?s)HTTP/\\d\\.\\d [45]\\d\\d .*");
        assertThat(server.get("/hipslist").statusCode()).isEqualTo(200);
    }

    @Test
    void tagsAndDatesSaveSendingAgain() throws IOException {
        String path = "/planck/co/Norder3/Dir0/Npix5.png";
        HttpResponse<byte[]> first = server.get(path);
        assertThat(header(first, "ETag")).matches("\"[0-9a-f]+-[0-9a-f]+\"");
        assertThat(header(first, "Cache-Control")).startsWith("public, max-age=86400");
        for (String[] condition : new String[][] {
            {"If-None-Match", header(first, "ETag")}, {"If-Modified-Since", header(first, "Last-Modified")}
        }) {
            HttpResponse<byte[]> again = server.get(path, condition);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
        }
        assertThat(server.get(path, "If-None-Match", "\"old\"").statusCode()).isEqualTo(200);
        assertThat(server.get(path, "If-Match", "\"old\"").statusCode()).isEqualTo(412);
    }

    @Test
    void objectsOfAManifestAreKeptForeverAndItsRootIsNot() throws IOException {
        assertThat(header(server.get("/planck/co/" + SHARD), "Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(server.get("/planck/co/.hipsnode/manifest.json"), "Cache-Control"))
                .isEqualTo("public, max-age=300");
        HttpResponse<byte[]> part = server.get("/planck/co/" + SHARD, "Range", "bytes=0-2");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(text(part)).isEqualTo("HNS");
    }

    @Test
    void partsOfFilesAreSentAndOnlyOfTheVersionMeant() throws IOException {
        String path = "/planck/co/Norder3/Dir0/Npix5.png";
        HttpResponse<byte[]> part = server.get(path, "Range", "bytes=10-19");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(text(part)).isEqualTo("0123456789");
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-19/10000");
        HttpResponse<byte[]> tail = server.get(path, "Range", "bytes=-3");
        assertThat(text(tail)).isEqualTo("789");
        HttpResponse<byte[]> beyond = server.get(path, "Range", "bytes=10000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */10000");
        HttpResponse<byte[]> other = server.get(path, "Range", "bytes=0-0", "If-Range", "\"old\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).hasSize(10_000);
    }

    @Test
    void gzipHiddenInFitsIsUnpackedByThoseWhoCan() throws IOException {
        HttpResponse<byte[]> browser = server.get("/planck/co/old.fits", "Accept-Encoding", "gzip, br");
        assertThat(header(browser, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(browser, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(browser, "ETag")).endsWith("-gzip\"");
        HttpResponse<byte[]> mirror = server.get("/planck/co/old.fits");
        assertThat(header(mirror, "Content-Encoding")).isEmpty();
        assertThat(mirror.body()).isEqualTo(browser.body());
        assertThat(header(mirror, "ETag")).isNotEqualTo(header(browser, "ETag"));
    }

    @Test
    void aSurveysFolderIsItsPage() throws IOException {
        HttpResponse<byte[]> moved = server.get("/planck/co");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(header(moved, "Location")).isEqualTo("/planck/co/");
        assertThat(text(server.get("/planck/co/")))
                .contains("CO &lt;b&gt;map&lt;/b&gt;")
                .doesNotContain("<b>map");
        assertThat(header(server.get("/with%20page"), "Location")).isEqualTo("/with%20page/");
        assertThat(text(server.get("/with%20page/"))).contains("the page that the survey brings itself");
        assertThat(text(server.get("/with%20page/index.html"))).isEqualTo("<p>own page");
    }

    @Test
    void theListTellsWhereEachSurveyIs() throws IOException {
        List<HipsProperties> records = HipsList.parse(server.get("/hipslist").body(), "list");
        assertThat(records).hasSize(3);
        assertThat(records)
                .extracting(r -> r.value("hips_service_url").orElse(""))
                .containsExactly(
                        "https://home.example/co",
                        "http://127.0.0.1:" + server.port() + "/planck/co",
                        "http://127.0.0.1:" + server.port() + "/with%20page");
        String list = server.raw("GET /hipslist HTTP/1.1\r\nHost: \"><script>\r\nConnection: close\r\n\r\n");
        assertThat(list).doesNotContain("<script>");
    }

    @Test
    void thePageListsSurveysAndTellsWhereItsViewerComesFrom() throws IOException {
        String page = text(server.get("/"));
        assertThat(page)
                .contains("A &lt;node&gt;")
                .contains("href=\"/planck/co/\"")
                .contains("href=\"/with%20page/\"")
                .contains("data-viewer=\"https://viewer.example/aladin.js\"")
                .contains("is loaded from https://viewer.example/aladin.js")
                .doesNotContain("/secret/");
    }

    @Test
    void privateSurveysStayPrivate() throws IOException {
        assertThat(server.get("/secret/properties").statusCode()).isEqualTo(401);
        assertThat(server.get("/secret/preview.jpg").statusCode()).isEqualTo(401);
        assertThat(server.get("/secret/").statusCode()).isEqualTo(401);
        for (String made : List.of("viewer.html", "coverage.svg", "survey.wtml")) {
            assertThat(server.get("/secret/" + made).statusCode()).isEqualTo(401);
        }
        assertThat(server.get("/api/surveys/secret").statusCode()).isEqualTo(401);
        assertThat(text(server.get("/hipslist.json"))).doesNotContain("secret");
        assertThat(text(server.get("/api/surveys"))).doesNotContain("secret");
        assertThat(text(server.get("/?q=secret"))).doesNotContain("/secret/");
        assertThat(text(server.get("/hipslist"))).doesNotContain("secret");
    }

    @Test
    void aStatusThatCannotBeReadMayHaveMeantPrivate() throws IOException {
        assertThat(server.get("/doubtful/properties").statusCode()).isEqualTo(401);
        assertThat(text(server.get("/hipslist"))).doesNotContain("doubtful");
    }

    @Test
    void surveysPagesAreSentToTheConfiguredViewer() throws IOException {
        HttpResponse<byte[]> response = server.get("/viewer/aladin.js");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).contains("https://viewer.example/aladin.js");
    }

    @Test
    void aNewSurveyAppearsByItself(@TempDir Path data) throws Exception {
        try (ServerFixture fresh = ServerFixture.serving(data)) {
            assertThat(fresh.get("/new/properties").statusCode()).isEqualTo(404);
            ServerFixture.survey(data.resolve("new"), PROPERTIES);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (fresh.server().snapshot().size() == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(fresh.get("/new/properties").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFolderThatIsASurveyIsServedUnderItsName() throws IOException {
        try (ServerFixture single = ServerFixture.serving(root.resolve("planck/co"))) {
            assertThat(single.get("/co/properties").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsSaidSo() {
        assertThatThrownBy(() -> SurveyServer.start(new ServerSettings(
                        root,
                        "127.0.0.1",
                        server.port(),
                        "t",
                        Optional.empty(),
                        Optional.empty(),
                        "https://v.example")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen at 127.0.0.1:" + server.port())
                .hasMessageContaining("choose another --port");
    }

    @Test
    void manyConnectionsAtOnceAllGetTheirTiles() {
        List<String> answers = java.util.stream.IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return text(server.get("/planck/co/Norder3/Dir0/Npix5.png"));
                    } catch (IOException e) {
                        return e.toString();
                    }
                })
                .toList();
        assertThat(answers).hasSize(64).allMatch(TILE::equals);
    }
}
