package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.Required;
import org.hipsnode.serve.origin.FetchException;
import org.hipsnode.serve.origin.Origin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real nginx, plain and with TLS: whom it connects to, and whom it takes that one for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VertxOriginTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    private final Vertx vertx = Vertx.vertx();
    private Path folder;
    private Process nginx;
    private int plain;
    private int secure;
    private Origin origin;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        Required.tool(Files.isExecutable(NGINX), "nginx");
        Required.tool(Files.isExecutable(OPENSSL), "openssl");
        folder = temporary;
        Files.createDirectories(folder.resolve("data/s"));
        Files.write(folder.resolve("data/s/big"), new byte[3_000_000]);
        Files.writeString(folder.resolve("data/s/small"), "small");
        run(
                OPENSSL.toString(),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=far.example",
                "-addext",
                "subjectAltName=DNS:far.example",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem");
        plain = freePort();
        secure = freePort();
        Files.writeString(folder.resolve("nginx.conf"), config());
        nginx = new ProcessBuilder(
                        NGINX.toString(), "-c", folder.resolve("nginx.conf").toString(), "-g", "user root;")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        origin = new VertxOrigin(
                vertx,
                new HttpClientOptions()
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(folder.resolve("cert.pem").toString())),
                VertxOrigin.Patience.USUAL);
        awaitNginx();
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String config() {
        StringBuilder temporaries = new StringBuilder();
        for (String kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporaries
                    .append(kind)
                    .append("_temp_path ")
                    .append(folder.resolve(kind))
                    .append("; ");
        }
        return "daemon off; pid " + folder + "/pid; error_log " + folder + "/error.log; events {}\n"
                + "http { access_log off; " + temporaries + "server { listen 127.0.0.1:" + plain + "; listen 127.0.0.1:"
                + secure + " ssl; ssl_certificate " + folder + "/cert.pem; ssl_certificate_key " + folder
                + "/key.pem; root " + folder
                + "/data; add_header X-Host $http_host; add_header X-Sni $ssl_server_name; } }\n";
    }

    private void awaitNginx() throws IOException {
        for (int i = 0; i < 200; i++) {
            try {
                ask("http://far.example:" + plain + "/s/small", 100);
                return;
            } catch (FetchException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IOException("nginx does not answer: " + Files.readString(folder.resolve("nginx.log")));
    }

    @AfterAll
    void stop() throws Exception {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Origin.Reply ask(String address, long limit, String... headers) throws IOException {
        Path into = folder.resolve("into");
        Files.deleteIfExists(into);
        Map<String, String> sent = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return origin.ask(
                new Origin.Question(URI.create(address), InetAddress.getLoopbackAddress(), sent, limit), into);
    }

    @Test
    void theNameIsTheOriginsAndTheAddressTheOneGiven() throws IOException {
        Origin.Reply reply = ask("http://far.example:" + plain + "/s/big", 5_000_000);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().get("x-host")).isEqualTo("far.example:" + plain);
        assertThat(reply.bytes()).isEqualTo(3_000_000);
        assertThat(folder.resolve("into")).hasSize(3_000_000);
    }

    @Test
    void theCertificateMustBeOfTheOriginsName() throws IOException {
        Origin.Reply reply = ask("https://far.example:" + secure + "/s/small", 100);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().get("x-sni")).isEqualTo("far.example");
        assertThatThrownBy(() -> ask("https://other.example:" + secure + "/s/small", 100))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.UNREACHABLE))
                .hasMessageContaining("other.example");
        assertThatThrownBy(() -> ask("https://127.0.0.1:" + secure + "/s/small", 100))
                .isInstanceOf(FetchException.class);
    }

    @Test
    void whatHasNotChangedHasNoBodyAndWhatIsMissingIsToldSo() throws IOException {
        String etag =
                ask("http://far.example:" + plain + "/s/small", 100).headers().getOrDefault("etag", "");
        for (int i = 0; i < 50; i++) {
            assertThat(ask("http://far.example:" + plain + "/s/small", 100, "If-None-Match", etag)
                            .status())
                    .isEqualTo(304);
            assertThat(ask("http://far.example:" + plain + "/s/none", 100).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void tooMuchIsRefused() {
        assertThatThrownBy(() -> ask("http://far.example:" + plain + "/s/big", 2_999_999))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.WRONG_CONTENT))
                .hasMessageContaining("more than 2999999 bytes");
    }
}
