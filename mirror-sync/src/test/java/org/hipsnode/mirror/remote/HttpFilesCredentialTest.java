package org.hipsnode.mirror.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hipsnode.io.WebAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpFilesCredentialTest {
    private static final String SECRET = "Bearer hunter2";
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<HttpServer> servers = new ArrayList<>();

    /** Starts a server that sends elsewhere, or says "here" to whoever brings the secret. */
    private WebAddress server(String name, Map<String, String> redirects) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        servers.add(server);
        server.createContext("/", exchange -> {
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath();
            heard.add(name + path + " " + authorization);
            if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().add("Location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else if (authorization.equals(SECRET)) {
                exchange.sendResponseHeaders(200, 4);
                exchange.getResponseBody().write("here".getBytes(StandardCharsets.UTF_8));
            } else {
                exchange.sendResponseHeaders(401, -1);
            }
            exchange.close();
        });
        server.start();
        return WebAddress.parse("http://127.0.0.1:" + server.getAddress().getPort())
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private static HttpFiles files(WebAddress to) {
        Secret secret = Secret.parse("hunter2").orElseThrow();
        return new HttpFiles("test").showing(secret.authorization(), to);
    }

    @Test
    void aCredentialOpensWhatIsPrivate() throws IOException {
        WebAddress server = server("a", Map.of("/moved", "/file"));
        assertThat(files(server).read(server.file("file"), 10)).isPresent();
        assertThat(files(server).read(server.file("moved"), 10)).isPresent();
        assertThat(heard).containsExactly("a/file " + SECRET, "a/moved " + SECRET, "a/file " + SECRET);
    }

    @Test
    void withoutOneTheRefusalIsTold() throws IOException {
        WebAddress server = server("a", Map.of());
        assertThatThrownBy(() -> new HttpFiles("test").read(server.file("file"), 10))
                .hasMessageContaining("found 401");
    }

    @Test
    void aRedirectToAnotherServerTakesNoCredentialAlong() throws IOException {
        WebAddress other = server("b", Map.of());
        WebAddress server = server("a", Map.of("/file", other.file("file").uri().toString()));
        assertThatThrownBy(() -> files(server).read(server.file("file"), 10)).hasMessageContaining("found 401");
        assertThat(heard).containsExactly("a/file " + SECRET, "b/file null");
    }

    @Test
    void aNoticeIsShownToTheNodeAlone() throws IOException {
        WebAddress other = server("b", Map.of());
        WebAddress node =
                server("a", Map.of("/api/notify", other.file("api/notify").uri().toString()));
        Secret secret = Secret.parse("hunter2").orElseThrow();
        assertThatThrownBy(() -> new Notices("test").tell(node, secret, "{}"))
                .hasMessageContaining("expected an answer of status 202, found 302")
                .hasMessageNotContaining("hunter2");
        assertThat(heard).containsExactly("a/api/notify " + SECRET);
    }
}
