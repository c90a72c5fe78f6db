package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.access.CredentialFile;
import org.hipsnode.serve.access.SurveyPattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what of private surveys, over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateSurveysTest {
    private static final String ALLOWED = "https://archive.example";
    private static final String TILE = "Norder3/Dir0/Npix5.png";

    private ServerFixture server;
    private CredentialFile credentials;
    private String token;
    private String otherToken;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        String properties = "creator_did = ivo://t/P/x\nhips_order = 3\nhips_status = ";
        ServerFixture.survey(data.resolve("open"), properties + "public\n", TILE, "tile");
        ServerFixture.survey(data.resolve("deep/secret"), properties + "private master\n", TILE, "tile");
        ServerFixture.survey(data.resolve("doubtful"), properties + "privat\n", TILE, "tile");
        ServerFixture.survey(data.resolve("own page"), properties + "private\n", "index.html", "<p>own", TILE, "tile");
        Path file = folder.resolve("credentials.yaml");
        credentials = new CredentialFile(file);
        token = credentials.addToken("viewer", List.of(new SurveyPattern("*")));
        otherToken = credentials.addToken("guest", List.of(new SurveyPattern("elsewhere/*")));
        credentials.addPassword("alice", "hunter2", List.of(new SurveyPattern("deep/secret")));
        server = ServerFixture.serving(data, new AccessSettings(Optional.of(file), Set.of(ALLOWED)));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String authorization(String credential) {
        return switch (credential) {
            case "token" -> "Bearer " + token;
            case "other" -> "Bearer " + otherToken;
            case "wrong" -> "Bearer hipsnode_wrong";
            case "alice" -> basic("alice:hunter2");
            case "guess" -> basic("alice:hunter3");
            case "viewer" -> basic("viewer:" + token);
            case "digest" -> "Digest username=\"alice\"";
            default -> "";
        };
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> ask(String method, String path, String credential, String origin) throws IOException {
        String authorization = authorization(credential);
        return authorization.isEmpty()
                ? server.send(method, path, "Origin", origin)
                : server.send(method, path, "Origin", origin, "Authorization", authorization);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return String.join(", ", response.headers().allValues(name));
    }

    @ParameterizedTest
    @CsvSource({
        // survey, credential, page's origin, status
        "open, none, other, 200",
        "open, wrong, other, 200",
        "deep/secret, none, allowed, 401",
        "deep/secret, none, other, 401",
        "deep/secret, digest, allowed, 401",
        "deep/secret, wrong, allowed, 403",
        "deep/secret, other, allowed, 403",
        "deep/secret, guess, allowed, 403",
        "deep/secret, token, allowed, 200",
        "deep/secret, token, other, 200",
        "deep/secret, alice, allowed, 200",
        "deep/secret, viewer, other, 200",
        "doubtful, none, other, 401",
        "doubtful, alice, other, 403",
        "doubtful, token, allowed, 200",
    })
    void statusAndHeadersFollowFromSurveyCredentialAndOrigin(String survey, String credential, String page, int status)
            throws IOException {
        String origin = page.equals("allowed") ? ALLOWED : "https://other.example";
        for (String method : List.of("GET", "HEAD")) {
            HttpResponse<byte[]> answer = ask(method, "/" + survey + "/" + TILE, credential, origin);
            assertThat(answer.statusCode()).isEqualTo(status);
            if (survey.equals("open")) {
                assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
                assertThat(header(answer, "Cache-Control")).startsWith("public");
                continue;
            }
            assertThat(header(answer, "Cache-Control")).startsWith("private, ").doesNotContain("public");
            assertThat(header(answer, "Vary")).contains("Authorization", "Origin");
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(page.equals("allowed") ? ALLOWED : "");
            assertThat(header(answer, "Access-Control-Allow-Credentials"))
                    .isEqualTo(page.equals("allowed") ? "true" : "");
            assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(status == 401 ? 2 : 0);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo(method.equals("HEAD") ? "" : status == 200 ? "tile" : reason(answer));
        }
    }

    private static String reason(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 401
                ? "this survey is private: a credential is needed"
                : "this survey is private: the credential does not open it";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/properties",
                "/Moc.fits",
                "/index.html",
                "/nothing.png",
                "/Norder3/Dir0/Npix5.png",
                "/Norder3/Dir0/Npix6.png",
                "/.hipsnode/manifest.json",
                "//properties?x",
                "/%70roperties",
                "/Metadata.xml"
            })
    void nothingOfAPrivateSurveyIsToldNotEvenWhatIsMissing(String path) throws IOException {
        for (String survey : List.of("/deep/secret", "/own%20page")) {
            for (String method : List.of("GET", "HEAD")) {
                HttpResponse<byte[]> answer = server.send(method, survey + path);
                assertThat(answer.statusCode()).as(method + " " + survey + path).isEqualTo(401);
                assertThat(header(answer, "Cache-Control")).isEqualTo("private, no-store");
                assertThat(header(answer, "ETag") + header(answer, "Last-Modified") + header(answer, "Location"))
                        .isEmpty();
            }
        }
    }

    @Test
    void whoMaySeeItSeesAllOfItButStillNoCacheSharesIt() throws IOException {
        String bearer = "Bearer " + token;
        for (String path : List.of("", "/", "/properties", "/nothing", "/" + TILE)) {
            HttpResponse<byte[]> answer = server.get("/deep/secret" + path, "Authorization", bearer);
            assertThat(answer.statusCode()).isIn(200, 301, 404);
            assertThat(header(answer, "Cache-Control")).startsWith("private, ");
        }
        String etag = header(server.get("/deep/secret/" + TILE, "Authorization", bearer), "ETag");
        HttpResponse<byte[]> again = server.get("/deep/secret/" + TILE, "Authorization", bearer, "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(again, "Cache-Control")).isEqualTo("private, max-age=0, must-revalidate");
        assertThat(server.get("/deep/secret/" + TILE, "If-None-Match", etag).statusCode())
                .isEqualTo(401);
    }

    @Test
    void noListNamesIt() throws IOException {
        for (String path : List.of("/", "/hipslist")) {
            for (String credential : List.of("none", "token")) {
                String body = new String(ask("GET", path, credential, ALLOWED).body(), StandardCharsets.UTF_8);
                assertThat(body).contains("open").doesNotContain("secret").doesNotContain("doubtful");
            }
        }
    }

    @Test
    void aPageOfAnAllowedOriginMayBringACredential() throws IOException {
        HttpResponse<byte[]> allowed = preflight("/deep/secret/properties", ALLOWED);
        assertThat(header(allowed, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(header(allowed, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(allowed, "Access-Control-Allow-Headers")).contains("Authorization");
        HttpResponse<byte[]> other = preflight("/deep/secret/properties", "https://other.example");
        assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
        assertThat(header(other, "Access-Control-Allow-Headers")).isEmpty();
        HttpResponse<byte[]> open = preflight("/open/properties", "https://other.example");
        assertThat(header(open, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(open, "Access-Control-Allow-Credentials")).isEmpty();
    }

    private HttpResponse<byte[]> preflight(String path, String origin) throws IOException {
        HttpResponse<byte[]> answer = server.send(
                "OPTIONS",
                path,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(answer.statusCode()).isEqualTo(204);
        return answer;
    }

    @Test
    void twoCredentialsAreNone() throws IOException {
        String head = "GET /deep/secret/properties HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer ";
        assertThat(server.raw(head + token + "\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(server.raw(head + token + "\r\nAuthorization: Bearer x\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void whatOneWasGivenIsNotGivenToTheNext() throws IOException {
        // as plain as a request can be, so that no quick way round the guard is taken unseen
        String head = "GET /deep/secret/" + TILE + " HTTP/1.1\r\nHost: h\r\n";
        String last = head + "Connection: close\r\n\r\n";
        String granted = head + "Authorization: Bearer " + token + "\r\n\r\n";
        for (int i = 0; i < 3; i++) {
            String answers = server.raw(granted + granted + head + "\r\n" + last);
            assertThat(answers.split("HTTP/1.1 ")).hasSize(5);
            assertThat(answers.split("HTTP/1.1 200")).as(answers).hasSize(3);
            assertThat(answers.split("HTTP/1.1 401")).as(answers).hasSize(3);
        }
    }

    @Test
    void guessingIsSlowedDown(@TempDir Path folder) throws IOException {
        ServerFixture.survey(folder.resolve("data/s"), "creator_did = ivo://t/P/x\nhips_status = private\n");
        Path file = folder.resolve("c.yaml");
        new CredentialFile(file).addPassword("alice", "hunter2", List.of(new SurveyPattern("*")));
        try (ServerFixture guarded =
                ServerFixture.serving(folder.resolve("data"), new AccessSettings(Optional.of(file), Set.of()))) {
            HttpResponse<byte[]> last = guarded.get("/s/");
            for (int i = 0; i < 20 && last.statusCode() != 429; i++) {
                last = guarded.get("/s/", "Authorization", basic("alice:guess" + i));
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(header(last, "Retry-After")).isEqualTo("60");
            assertThat(guarded.get("/s/").statusCode()).isEqualTo(401);
        }
    }
}
