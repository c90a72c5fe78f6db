package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.SharedData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node behind an nginx that is configured as the operations guide says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyIT {
    private Path folder;
    private Path survey;
    private Program.Started node;
    private Nginx nginx;
    private String direct;
    private String proxied;

    @BeforeAll
    void begin(@TempDir Path temporary) throws IOException {
        for (String program : List.of("nginx", "openssl", "curl")) {
            Program.require(program);
        }
        folder = temporary;
        survey = folder.resolve("data/sky");
        // tiles of more than the 1 MiB that nginx lets through if it is not told otherwise
        MadeSky.generate(folder, survey, "--title", "A sky behind a proxy", "--tile-width", "512", "--formats", "fits");
        SelfSigned.make(folder);
        int inside = Ports.free();
        int outside = Ports.free();
        direct = "http://127.0.0.1:" + inside;
        proxied = "https://localhost:" + outside;
        startNode(inside);
        nginx = Nginx.of(folder, outside, configuration(inside, outside));
    }

    private void startNode(int port) throws IOException {
        Path list = folder.resolve("credentials.yaml");
        Program.Ended added = Program.run("credential", "add", "idoc", "--file", list);
        Files.writeString(folder.resolve("token"), added.out());
        Path yaml = Files.writeString(folder.resolve("node.yaml"), """
                base-url: %s
                data: data
                server:
                  host: 127.0.0.1
                  port: %d
                  credentials: credentials.yaml
                  receive: {idoc: {surveys: [pushed/*], quota: 1 GB}}
                """.formatted(proxied, port));
        node = Program.start(Program.command("run", yaml));
        node.firstLine();
    }

    /** The example, with nothing put in its place but what it says is to be put there. */
    private String configuration(int inside, int outside) throws IOException {
        String example = Files.readString(SharedData.project().resolve("packaging/proxy/nginx.conf"));
        List<List<String>> places = List.of(
                List.of("server 127.0.0.1:8080;", "server 127.0.0.1:" + inside + ";"),
                List.of("listen 443 ", "listen 127.0.0.1:" + outside + " "),
                List.of("server_name hips.example.org;", "server_name localhost;"),
                List.of("/etc/ssl/hips/chain.pem;", folder + "/chain.pem;"),
                List.of("/etc/ssl/hips/key.pem;", folder + "/key.pem;"));
        String ours = example;
        for (List<String> place : places) {
            assertThat(ours).containsOnlyOnce(place.get(0));
            ours = ours.replace(place.get(0), place.get(1));
        }
        return ours;
    }

    @AfterAll
    void end() throws IOException {
        if (nginx != null) {
            nginx.close();
        }
        if (node != null) {
            node.close();
        }
    }

    /** Returns the heads of the answers, and the body if it is asked for. */
    private String curl(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("curl", "-sS", "--cacert", folder.resolve("chain.pem").toString()));
        command.addAll(List.of(words));
        Program.Ended ended = Program.run(command);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended.out();
    }

    private String head(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("-D", "-", "-o", "/dev/null"));
        all.addAll(List.of(words));
        return curl(all.toArray(String[]::new));
    }

    @Test
    void addressesAreOfTheProxyWhateverAClientSays() throws IOException {
        for (String path : List.of("/hipslist", "/sky/", "/api/surveys")) {
            assertThat(curl(
                            "-H",
                            "X-Forwarded-Host: evil.example",
                            "-H",
                            "Forwarded: host=evil.example;proto=gopher",
                            "-H",
                            "X-Forwarded-Proto: gopher",
                            proxied + path))
                    .as(path)
                    .contains(proxied + "/sky")
                    .doesNotContain("evil.example", "gopher", direct);
        }
        assertThat(head(proxied + "/sky")).contains("301").doesNotContain("http://");
    }

    @Test
    void tilesComeByHttp2WithTheTagOfTheNode() throws IOException {
        String tile = "/sky/Norder0/Dir0/Npix3.fits";
        String head = head(proxied + tile);
        assertThat(head).startsWith("HTTP/2 200").contains("access-control-allow-origin: *");
        String tag = tag(head);
        assertThat(tag(head(direct + tile))).isEqualTo(tag);
        assertThat(head("-H", "If-None-Match: " + tag, proxied + tile)).startsWith("HTTP/2 304");
        assertThat(head("-r", "0-79", proxied + tile))
                .startsWith("HTTP/2 206")
                .contains("content-length: 80\r\n")
                .contains("content-range: bytes 0-79/" + Files.size(survey.resolve("Norder0/Dir0/Npix3.fits")));
    }

    private static String tag(String head) {
        Matcher tag = Pattern.compile("(?im)^etag: (\"\\S+\")\\r?$").matcher(head);
        assertThat(tag.find()).as(head).isTrue();
        return tag.group(1);
    }

    @Test
    void metricsAreForWhoeverAsksTheNodeItself() throws IOException {
        assertThat(head(proxied + "/metrics")).startsWith("HTTP/2 404");
        assertThat(head(direct + "/metrics")).contains(" 200 ");
        assertThat(head(proxied + "/health/ready")).startsWith("HTTP/2 200");
    }

    @Test
    void aPushGoesThrough() throws IOException {
        assertThat(Files.size(survey.resolve("Norder0/Dir0/Npix3.fits"))).isGreaterThan(1 << 20);
        Program.Ended untrusted = push();
        assertThat(untrusted.code()).isEqualTo(1);
        assertThat(untrusted.err()).contains("expected a certificate that Java trusts");
        Program.Ended pushed = push(SelfSigned.trusted(folder));
        assertThat(pushed.code()).as(pushed.toString()).isZero();
        Program.Ended verified = Program.run("verify", folder.resolve("data/pushed/sky"));
        assertThat(verified.code()).as(verified.toString()).isZero();
        assertThat(Program.fetchUntil(direct + "/hipslist", proxied + "/pushed/sky"))
                .contains("A sky behind a proxy");
    }

    private Program.Ended push(String... environment) throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(List.of(environment));
        command.addAll(Program.command(
                "push", survey, proxied + "/pushed/sky", "--credential", folder.resolve("token"), "--quiet"));
        return Program.run(command);
    }
}
