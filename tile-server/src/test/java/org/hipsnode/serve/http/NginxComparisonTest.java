package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hipsnode.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same requests to nginx and to us, on the same files: status, length and body must be the same. */
class NginxComparisonTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String DATE = "Thu, 01 Jan 2026 00:00:00 GMT";

    private static final String[][] REQUESTS = {
        {},
        {"Range", "bytes=0-0"},
        {"Range", "bytes=5-"},
        {"Range", "bytes=-5"},
        {"Range", "bytes=-99999"},
        {"Range", "bytes=99999-"},
        {"Range", "bytes=10-99999"},
        {"If-Modified-Since", DATE},
        {"If-Unmodified-Since", DATE},
        {"If-Unmodified-Since", "Wed, 31 Dec 2025 00:00:00 GMT"},
        {"If-None-Match", "*"},
        {"If-None-Match", "\"x\""},
        {"If-Match", "\"x\""},
        {"If-Match", "*"},
        {"Range", "bytes=0-3", "If-Range", DATE},
        {"Range", "bytes=0-3", "If-Range", "Wed, 31 Dec 2025 00:00:00 GMT"},
        {"Range", "bytes=0-3", "If-Range", "\"x\""},
    };

    @Test
    void answersAsNginxDoes(@TempDir Path folder) throws Exception {
        Required.tool(Files.isExecutable(NGINX), "nginx");
        Path data = folder.resolve("data");
        Path survey = ServerFixture.survey(
                data.resolve("s"),
                "creator_did = ivo://t/P/s\n",
                "Norder0/Dir0/Npix0.png",
                "0123456789".repeat(5),
                "empty.txt",
                "");
        for (String name : new String[] {"properties", "Norder0/Dir0/Npix0.png", "empty.txt"}) {
            Files.setLastModifiedTime(
                    survey.resolve(name),
                    java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2026-01-01T00:00:00Z")));
        }
        int port = freePort();
        Process nginx = nginx(folder, data, port);
        try (ServerFixture ours = ServerFixture.serving(data)) {
            for (String file :
                    new String[] {"/s/Norder0/Dir0/Npix0.png", "/s/properties", "/s/empty.txt", "/s/none.png"}) {
                for (String[] headers : REQUESTS) {
                    if (file.contains("empty") && String.join("", headers).contains("Range")) {
                        continue; // nginx sends some ranges of nothing whole and refuses others; RFC 9110 refuses all
                    }
                    compare("GET", file, headers, port, ours.port());
                    if (!String.join("", headers).contains("Range")) { // it is for GET alone, RFC 9110 §14.2
                        compare("HEAD", file, headers, port, ours.port());
                    }
                }
            }
        } finally {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process nginx(Path folder, Path data, int port) throws Exception {
        Path config = folder.resolve("nginx.conf");
        Files.writeString(
                config,
                "daemon off; pid " + folder + "/pid; error_log " + folder + "/error.log; events {}\n"
                        + "http { access_log off; client_body_temp_path " + folder + "/b; proxy_temp_path " + folder
                        + "/p;"
                        + " fastcgi_temp_path " + folder + "/f; uwsgi_temp_path " + folder + "/u; scgi_temp_path "
                        + folder
                        + "/c; types { image/png png; } server { listen 127.0.0.1:" + port + "; root " + data
                        + "; } }\n");
        // nginx drops to another user, who must be able to read
        for (Path p : new Path[] {folder, data}) {
            p.toFile().setExecutable(true, false);
            p.toFile().setReadable(true, false);
        }
        Process nginx = new ProcessBuilder(NGINX.toString(), "-c", config.toString(), "-g", "user root;")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        for (int i = 0; i < 100; i++) {
            try {
                send("GET", "/", new String[0], port);
                return nginx;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("nginx does not answer: " + Files.readString(folder.resolve("nginx.log")));
    }

    private static void compare(String method, String file, String[] headers, int nginx, int ours) throws Exception {
        HttpResponse<byte[]> theirs = send(method, file, headers, nginx);
        HttpResponse<byte[]> mine = send(method, file, headers, ours);
        String request = method + " " + file + " " + String.join(" ", headers);
        assertThat(mine.statusCode()).as(request).isEqualTo(theirs.statusCode());
        if (theirs.statusCode() < 300) {
            assertThat(mine.body()).as(request).isEqualTo(theirs.body());
            for (String name : new String[] {"Content-Length", "Content-Range", "Last-Modified"}) {
                assertThat(mine.headers().firstValue(name))
                        .as(request + ": " + name)
                        .isEqualTo(theirs.headers().firstValue(name));
            }
        }
    }

    private static HttpResponse<byte[]> send(String method, String path, String[] headers, int port) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
