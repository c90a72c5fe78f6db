package org.hipsnode.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.serve.receive.ReceiveSettings;

/** A real server on a folder of small surveys, and real requests to it. */
final class ServerFixture implements AutoCloseable {
    private final SurveyServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ServerFixture(SurveyServer server) {
        this.server = server;
    }

    static ServerFixture serving(Path data) throws IOException {
        return serving(data, ServingOptions.defaults(), AccessSettings.NOBODY, List.of());
    }

    static ServerFixture serving(Path data, ServingOptions options) throws IOException {
        return serving(data, options, AccessSettings.NOBODY, List.of());
    }

    static ServerFixture serving(Path data, AccessSettings access) throws IOException {
        return serving(data, access, List.of());
    }

    static ServerFixture serving(Path data, AccessSettings access, List<OriginSettings> cached) throws IOException {
        return serving(data, ServingOptions.defaults(), access, cached);
    }

    private static ServerFixture serving(
            Path data, ServingOptions options, AccessSettings access, List<OriginSettings> cached) throws IOException {
        return new ServerFixture(SurveyServer.start(new ServerSettings(
                data,
                "127.0.0.1",
                0,
                "A <node>",
                Optional.empty(),
                Optional.empty(),
                "https://viewer.example/aladin.js",
                options,
                access,
                cached,
                ReceiveSettings.NOBODY)));
    }

    /** Writes a survey: properties, and some files with their contents. */
    static Path survey(Path folder, String properties, String... namesAndContents) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("properties"), properties);
        for (int i = 0; i < namesAndContents.length; i += 2) {
            Path file = folder.resolve(namesAndContents[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, namesAndContents[i + 1], StandardCharsets.ISO_8859_1);
        }
        return folder;
    }

    int port() {
        return server.port();
    }

    SurveyServer server() {
        return server;
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Sends bytes that no decent client would send, and returns what comes back until the server closes. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
