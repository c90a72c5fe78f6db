package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hipsnode.SharedData;
import org.hipsnode.faults.SmallSurvey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A private survey as its users meet it: with curl, and from a page of another origin in a browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivateSurveysIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String TILE = "secret/Norder0/Dir0/Npix0.png";

    private Path folder;
    private Path credentials;
    private String token;
    private HttpServer allowedPage;
    private HttpServer otherPage;
    private Program.Started node;
    private String address;

    @BeforeAll
    void serve(@TempDir Path temporary) throws IOException {
        folder = temporary;
        credentials = folder.resolve("credentials.yaml");
        Path tile = folder.resolve("data").resolve(TILE);
        Files.createDirectories(tile.getParent());
        Files.writeString(tile, "tile");
        Files.writeString(folder.resolve("data/secret/properties"), """
                        creator_did = ivo://t/P/secret
                        obs_title = Our secret
                        hips_status = private master
                        hips_order = 0
                        hips_tile_format = png
                        """);
        new SmallSurvey(folder.resolve("data/locked"))
                .whole("2026-01-01T00:00Z")
                .dated("2026-01-01T00:00Z", "private master");
        Program.Ended added = Program.run("credential", "add", "viewer", "--file", credentials, "--survey", "secret");
        assertThat(added.code()).as(added.toString()).isZero();
        token = added.out().trim();
        addPassword();
        allowedPage = page();
        otherPage = page();
        Files.writeString(
                folder.resolve("node.yaml"),
                "data: data\nserver:\n  credentials: credentials.yaml\n  allowed-origins: [" + origin(allowedPage)
                        + "]\n");
        node = Program.start(Program.command("serve", folder.resolve("node.yaml"), "--port", "0"));
        address = node.firstLine();
    }

    private void addPassword() throws IOException {
        Path typed = Files.writeString(folder.resolve("typed"), PASSWORD + "\n");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <'" + typed + "'", "sh"));
        command.addAll(Program.command("credential", "add", "alice", "--file", credentials, "--password"));
        Program.Ended added = Program.run(command);
        assertThat(added.code()).as(added.toString()).isZero();
        assertThat(added.out()).isEmpty();
    }

    private static HttpServer page() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>page</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String origin(HttpServer page) {
        return "http://127.0.0.1:" + page.getAddress().getPort();
    }

    @AfterAll
    void stop() throws IOException {
        node.close();
        allowedPage.stop(0);
        otherPage.stop(0);
    }

    private String curl(String path, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-w", "\n%{http_code}"));
        command.addAll(List.of(options));
        command.add(address + path);
        return Program.run(command).out();
    }

    @Test
    void curlGetsWhatItsCredentialOpens() throws IOException {
        assertThat(curl(TILE)).endsWith("\n401");
        assertThat(curl(TILE, "-H", "Authorization: Bearer " + token)).isEqualTo("tile\n200");
        assertThat(curl(TILE, "--oauth2-bearer", token)).isEqualTo("tile\n200");
        assertThat(curl(TILE, "-u", "alice:" + PASSWORD)).isEqualTo("tile\n200");
        assertThat(curl(TILE, "--anyauth", "-u", "alice:" + PASSWORD)).endsWith("tile\n200");
        assertThat(curl(TILE, "-u", "viewer:" + token)).isEqualTo("tile\n200");
        assertThat(curl(TILE, "-u", "alice:wrong")).endsWith("\n403");
        assertThat(curl("hipslist")).doesNotContain("secret").endsWith("\n200");
    }

    @Test
    void aPageOfAnAllowedOriginShowsItToWhoBringsACredential() throws IOException {
        JsonNode report = inBrowser(allowedPage);
        JsonNode tries = report.get("tries");
        assertThat(tries.get("none").get("status").asInt()).isEqualTo(401);
        assertThat(tries.get("wrong").get("status").asInt()).isEqualTo(403);
        for (String name : List.of("token", "password", "include")) {
            assertThat(tries.get(name).get("status").asInt())
                    .as(tries.toString())
                    .isEqualTo(200);
            assertThat(tries.get(name).get("text").asText()).contains("Our secret");
            assertThat(tries.get(name).get("etag").asBoolean()).isTrue();
        }
        assertThat(tries.get("again").get("status").asInt())
                .as("nothing kept for others")
                .isEqualTo(401);
        assertThat(report.get("person").get("status").asInt()).isEqualTo(200);
        assertThat(report.get("person").get("caching").asText()).startsWith("private");
    }

    @Test
    void aPageOfAnotherOriginCannotEvenReadTheRefusal() throws IOException {
        inBrowser(otherPage).get("tries").forEach(answer -> {
            assertThat(answer.get("status").asInt()).isZero();
            assertThat(answer.get("text").asText()).contains("Failed to fetch").doesNotContain("secret");
        });
    }

    private JsonNode inBrowser(HttpServer page) throws IOException {
        return Browser.script(
                SharedData.project().resolve("node/src/test/browser/private.mjs"),
                origin(page) + "/",
                address + "secret/",
                token,
                "alice",
                PASSWORD);
    }

    @Test
    void whoeverHasACredentialFileMirrorsAPrivateSurvey() throws IOException {
        Path copy = folder.resolve("copies/locked");
        Program.Ended refused = Program.run("mirror", address + "locked", "--to", copy);
        assertThat(refused.code()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.err()).contains("found 401");
        Path secret = Files.writeString(folder.resolve("alice.secret"), "alice:" + PASSWORD + "\n");
        Program.Ended done = Program.run("mirror", address + "locked", "--to", copy, "--credential-file", secret);
        assertThat(done.code()).as(done.toString()).isZero();
        assertThat(SmallSurvey.files(copy)).isEqualTo(SmallSurvey.files(folder.resolve("data/locked")));
        assertThat(Files.readString(copy.resolve("properties"))).contains("private mirror");
        assertThat(done.toString() + Files.readString(copy.resolve(".hipsnode/mirror.json")))
                .doesNotContain(PASSWORD, "alice");
    }

    @Test
    void noSecretIsWrittenAnywhereAndAChangeIsTakenUp() throws IOException {
        curl(TILE, "-u", "alice:" + PASSWORD);
        String before = Files.readString(credentials);
        assertThat(before).doesNotContain(token, PASSWORD);
        Program.Ended added = Program.run("credential", "add", "late", "--file", credentials, "--json");
        String late = added.out().replaceAll("(?s).*\"token\": ?\"([^\"]+)\".*", "$1");
        String answer = "";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); // the list is looked at now and then
        while (!answer.endsWith("200") && System.nanoTime() < end) {
            answer = curl(TILE, "--oauth2-bearer", late);
        }
        assertThat(answer).isEqualTo("tile\n200");
        assertThat(Files.readString(node.out()) + Files.readString(node.err())).doesNotContain(token, PASSWORD, late);
    }

    @Test
    void theCommandRefusesWhatCannotBeMeant() throws IOException {
        assertThat(Program.run("credential", "add", "viewer", "--file", credentials))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
                .satisfies(ended -> assertThat(ended.err()).contains("found a credential of 'viewer'"));
        assertThat(Program.run("credential", "remove", "x", "--file", credentials)
                        .err())
                .contains("expected 'credential add NAME'");
        assertThat(Program.run("credential", "add", "x", "--file", credentials, "--survey", "/x")
                        .err())
                .contains("--survey must be a survey's path");
    }
}
