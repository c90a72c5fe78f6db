package org.hipsnode.mirror.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on the loopback that writes, for one request after the other, whatever bytes it was told to, and remembers what it
 * was asked. Its last lie is told again and again.
 */
public final class LyingServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Lie> lies;
    private final List<String> requests = new ArrayList<>();
    private final ExecutorService connections = Executors.newCachedThreadPool();

    /** What a server does with a connection once it has read a request. */
    @FunctionalInterface
    public interface Lie {
        void tell(Socket connection, OutputStream out) throws IOException;
    }

    private LyingServer(ServerSocket socket, List<Lie> lies) {
        this.socket = socket;
        this.lies = lies;
    }

    public static LyingServer telling(Lie... lies) throws IOException {
        LyingServer server = new LyingServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(lies));
        server.connections.execute(server::listen);
        return server;
    }

    /** Returns a lie that is the truth: a whole answer. */
    public static Lie answer(int status, String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return text(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Returns a lie that is written as it stands. */
    public static Lie text(String text) {
        return (connection, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns a lie that breaks the connection instead of ending it, after some text. */
    public static Lie reset(String text) {
        return (connection, out) -> {
            text(text).tell(connection, out);
            out.flush();
            connection.setSoLinger(true, 0);
        };
    }

    /** Returns a lie that repeats a text for as long as anybody listens. */
    public static Lie endless(String first, String repeated, long pauseMillis) {
        return (connection, out) -> {
            text(first).tell(connection, out);
            while (true) {
                text(repeated).tell(connection, out);
                out.flush();
                pause(pauseMillis);
            }
        };
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void listen() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            OutputStream out = connection.getOutputStream();
            next(head.toString()).tell(connection, out);
            out.flush();
        } catch (IOException e) {
            return; // the client heard enough
        }
    }

    private synchronized Lie next(String request) {
        requests.add(request);
        return lies.get(Math.min(requests.size(), lies.size()) - 1);
    }

    /** Returns the heads of the requests so far. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns the targets of the requests so far. */
    public List<String> targets() {
        return requests().stream().map(head -> head.split(" ")[1]).toList();
    }

    /** Returns an address on this server. */
    public String url(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        connections.shutdownNow();
    }
}
