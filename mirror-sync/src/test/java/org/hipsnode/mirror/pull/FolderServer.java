package org.hipsnode.mirror.pull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.hipsnode.manifest.Digest;

/** A plain server of a folder on the loopback, with Last-Modified and conditional answers, that remembers what it was asked. */
final class FolderServer implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> before = path -> {};
    private volatile boolean tagged;

    FolderServer(Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(pool);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has something happen before each answer. */
    void before(Consumer<String> event) {
        before = event;
    }

    /** From now on tells versions of files by weak ETags, and no times. */
    void tellTagsOnly() {
        tagged = true;
    }

    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        before.accept(path);
        requests.add(path);
        Path file = folder.resolve(path.substring(1));
        try (exchange) {
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String time = HttpTime.text(Files.getLastModifiedTime(file));
            String mark = tagged ? "W/\"" + Digest.of(file) + "\"" : time;
            exchange.getResponseHeaders().add(tagged ? "ETag" : "Last-Modified", mark);
            String known = tagged ? "If-None-Match" : "If-Modified-Since";
            if (mark.equals(exchange.getRequestHeaders().getFirst(known))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
