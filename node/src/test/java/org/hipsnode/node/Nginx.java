package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An nginx on the loopback that serves a folder, as a plain HiPS server does, or whatever its configuration says. */
record Nginx(Program.Started process, int port) implements AutoCloseable {
    static Nginx of(Path served, Path temporary) throws IOException {
        return of(served, temporary, "", "");
    }

    /**
     * Starts one with more configuration, which may use the format 'tile' in a log: version, connection, path.
     *
     * @param listen how it listens, besides where
     */
    static Nginx of(Path served, Path temporary, String listen, String more) throws IOException {
        int port = Ports.free();
        return of(
                temporary,
                port,
                "log_format tile '$server_protocol $connection $uri'; server { listen 127.0.0.1:" + port + " " + listen
                        + "; root " + served.toRealPath() + "; " + more + " }");
    }

    /**
     * Starts one as the lines of its configuration say.
     *
     * @param port at which it listens by these lines
     * @param http what the configuration has within {@code http}
     */
    static Nginx of(Path temporary, int port, String http) throws IOException {
        Path work = Files.createTempDirectory(temporary, "nginx");
        Path configuration = work.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off; master_process off; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                  access_log off; default_type application/octet-stream;
                  client_body_temp_path %1$s/1; proxy_temp_path %1$s/2; fastcgi_temp_path %1$s/3;
                  uwsgi_temp_path %1$s/4; scgi_temp_path %1$s/5;
                  %2$s
                }
                """.formatted(work, http));
        Nginx nginx = new Nginx(
                Program.start(List.of("nginx", "-e", work + "/error.log", "-c", configuration.toString())), port);
        nginx.awaitStart();
        return nginx;
    }

    private void awaitStart() throws IOException {
        if (!Ports.isTaken(port)) {
            throw new IOException("nginx does not listen");
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
