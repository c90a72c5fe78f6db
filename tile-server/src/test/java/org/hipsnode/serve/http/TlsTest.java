package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.hipsnode.config.ConfigException;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.receive.ReceiveSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String BODY = "0123456789".repeat(500_000);

    /** Asks with whatever certificate: here it is looked at, not believed. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static TlsFiles certificate(Path folder, String name) throws IOException, InterruptedException {
        TlsFiles files = new TlsFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        Process openssl;
        try {
            openssl = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:prime256v1",
                            "-nodes",
                            "-subj",
                            "/CN=" + name,
                            "-keyout",
                            files.key().toString(),
                            "-out",
                            files.certificate().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.log").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: openssl is not installed");
            throw e;
        }
        assertThat(openssl.waitFor()).isZero();
        return files;
    }

    private static SSLSocket connect(ServerFixture server, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static String name(ServerFixture server) throws Exception {
        try (SSLSocket socket = connect(server)) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    @Test
    void filesAreSentEncryptedAndTheCertificateIsRenewed(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        ServerFixture.survey(data.resolve("s"), "creator_did = ivo://t/P/s\n", "large.bin", BODY);
        TlsFiles files = certificate(folder, "first");
        ServingOptions options = ServingOptions.defaults()
                .with(Optional.empty(), Optional.empty(), Optional.of(files), Optional.empty());
        try (ServerFixture server = ServerFixture.serving(data, options)) {
            assertThat(name(server)).isEqualTo("CN=first");
            assertThat(get(server, "/s/large.bin")).endsWith(BODY).startsWith("HTTP/1.1 200 OK");
            try (SSLSocket socket = connect(server, "h2", "http/1.1")) {
                assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            }
            Files.writeString(files.certificate(), "broken");
            Thread.sleep(3_000); // it is looked at every two seconds
            assertThat(name(server)).isEqualTo("CN=first");
            byte[] key = Files.readAllBytes(files.key());
            certificate(folder, "foreign");
            Files.write(files.key(), key); // as between the two steps of a renewal
            Thread.sleep(3_000);
            assertThat(name(server)).isEqualTo("CN=first");
            certificate(folder, "second");
            for (int i = 0; i < 50 && !name(server).equals("CN=second"); i++) {
                Thread.sleep(200);
            }
            assertThat(name(server)).isEqualTo("CN=second");
        }
    }

    @Test
    void aCertificateWithAnothersKeyIsRefusedAtTheStart(@TempDir Path folder) throws Exception {
        TlsFiles files = certificate(folder, "first");
        byte[] key = Files.readAllBytes(files.key());
        certificate(folder, "second");
        Files.write(files.key(), key);
        ServingOptions options = ServingOptions.defaults()
                .with(Optional.empty(), Optional.empty(), Optional.of(files), Optional.empty());
        assertThatThrownBy(() -> ServerFixture.serving(Files.createDirectories(folder.resolve("data")), options))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'" + files.key() + "' is not the key of '" + files.certificate() + "'");
    }

    @Test
    void whoComesWithoutTlsIsSentToIt(@TempDir Path folder) throws Exception {
        int plain = freePort();
        try (ServerFixture server =
                ServerFixture.serving(Files.createDirectories(folder.resolve("data")), redirecting(folder, plain))) {
            assertThat(plain(plain, "GET /s/Moc.fits?x=1 HTTP/1.1\r\nHost: node.example:" + plain + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 301 ")
                    .contains(
                            "Location: https://node.example:" + server.port() + "/s/Moc.fits?x=1\r\n",
                            "Access-Control-Allow-Origin: *\r\n",
                            "Connection: close\r\n");
            assertThat(plain(plain, "HEAD / HTTP/1.1\r\nHost: [::1]\r\n\r\n"))
                    .contains("Location: https://[::1]:" + server.port() + "/\r\n");
            assertThat(plain(plain, "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .contains("Location: https://a:" + server.port() + "/\r\n");
            for (String method : List.of("PUT", "POST", "OPTIONS")) {
                assertThat(plain(plain, method + " /s/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345"))
                        .startsWith("HTTP/1.1 403 ")
                        .contains("nothing is taken without TLS: ask https://a:" + server.port());
            }
            assertThat(plain(plain, "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(plain(plain, "nonsense\r\n\r\n")).startsWith("HTTP/1.0 400 ");
        }
    }

    @Test
    void thePortWithoutTlsMustBeAnother(@TempDir Path folder) throws Exception {
        int port = freePort();
        Path data = Files.createDirectories(folder.resolve("data"));
        ServingOptions options = redirecting(folder, port);
        ServerSettings same = new ServerSettings(
                data,
                "127.0.0.1",
                port,
                "A node",
                Optional.empty(),
                Optional.empty(),
                "https://viewer.example/aladin.js",
                options,
                AccessSettings.NOBODY,
                List.of(),
                ReceiveSettings.NOBODY);
        assertThatThrownBy(() -> SurveyServer.start(same))
                .isInstanceOf(ConfigException.class)
                .hasMessage("server.tls.redirect-port: expected another port than that with TLS, found " + port);
    }

    private static ServingOptions redirecting(Path folder, int port) throws Exception {
        return ServingOptions.defaults()
                .with(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(certificate(folder, "localhost")),
                        Optional.empty())
                .withRedirectPort(OptionalInt.of(port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String plain(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String get(ServerFixture server, String path) throws Exception {
        try (SSLSocket socket = connect(server)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
