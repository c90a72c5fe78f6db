package org.hipsnode.mirror.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.hipsnode.io.WebAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of connections that do not come about. */
class HttpFaultsTest {
    @Test
    void aPushToAServerWhoseCertificateIsNotTrustedSaysWhatToDoAndIsNotTriedAgain(@TempDir Path folder)
            throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificate.make(folder)));
        server.start();
        try {
            Secret secret = Secret.parse("hipsnode_test").orElseThrow();
            String address = "https://127.0.0.1:" + server.getAddress().getPort() + "/sky";
            PushConnection push = new PushConnection(WebAddress.parse(address).orElseThrow(), secret, "test");
            assertThatThrownBy(() -> push.read("properties", 100))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("'" + address + "' cannot be reached: ")
                    .hasMessageEndingWith(HttpFaults.NOT_TRUSTED);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Timeout(60)
    void whereAServerClosesTheConnectionHttpsIsThoughtOf() throws Exception {
        Thread closing;
        IOException fault;
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            closing = new Thread(() -> closeAll(server));
            closing.start();
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
            HttpRequest request = HttpRequest.newBuilder(address).build();
            fault = catchThrowableOfType(
                    IOException.class, () -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()));
        }
        closing.join();
        assertThat(HttpFaults.reason(fault)).contains("the connection was closed", "https");
    }

    /** Closes each connection, since the client tries again, until there is no server any more. */
    private static void closeAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket asked = server.accept()) {
                // what has come must be read, or the system resets the connection in place of closing it
                assertThat(asked.getInputStream().read(new byte[1 << 16])).isPositive();
            } catch (IOException e) {
                assertThat(server.isClosed()).as("%s", e).isTrue();
            }
        }
    }
}
