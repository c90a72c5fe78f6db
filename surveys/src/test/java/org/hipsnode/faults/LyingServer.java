package org.hipsnode.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on the loopback that writes whatever bytes it was told to, over real sockets, and remembers what it was asked. It can go
 * away and come back.
 */
public final class LyingServer implements AutoCloseable {
    private static final int MOST_WAITING = 50;

    private final Answers others;
    private final Map<String, Lie> told = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private volatile ServerSocket socket;

    /** What a server does with a connection once it has read a request. */
    @FunctionalInterface
    public interface Lie {
        void tell(Socket connection, OutputStream out) throws IOException;

        /** Tells whether the connection can take another request afterwards. */
        default boolean keepsConnection() {
            return false;
        }
    }

    /** Chooses what to say to a request. */
    @FunctionalInterface
    public interface Answers {
        Lie to(Request request) throws IOException;
    }

    private LyingServer(int port, Answers others) throws IOException {
        this.others = others;
        this.socket = listening(port);
        this.port = socket.getLocalPort();
        ServerSocket first = socket;
        threads.execute(() -> listen(first));
    }

    private static ServerSocket listening(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MOST_WAITING);
        return socket;
    }

    /** Starts a server that tells one lie after the other, and its last again and again. */
    public static LyingServer telling(Lie... lies) throws IOException {
        AtomicInteger next = new AtomicInteger();
        return choosing(request -> lies[Math.min(next.getAndIncrement(), lies.length - 1)]);
    }

    /** Starts a server that chooses what to say to each request. */
    public static LyingServer choosing(Answers answers) throws IOException {
        return new LyingServer(0, answers);
    }

    /** Starts a server of nothing, until it is told of something. */
    public static LyingServer start() throws IOException {
        return start(0);
    }

    /** Starts a server of nothing where another was. */
    public static LyingServer start(int port) throws IOException {
        return new LyingServer(port, request -> answer(404, "none"));
    }

    /** Tells what to answer to requests of a target from now on. */
    public void tell(String target, Lie lie) {
        told.put(target, lie);
    }

    /** Returns a lie that is the truth: a whole answer. */
    public static Lie answer(int status, String body, String... headers) {
        return answer(status, body.getBytes(StandardCharsets.ISO_8859_1), headers);
    }

    /** Returns a lie that is the truth, in bytes. */
    public static Lie answer(byte[] body, String... headers) {
        return answer(200, body, headers);
    }

    private static Lie answer(int status, byte[] body, String... headers) {
        return (connection, out) -> {
            out.write(head(status, body.length, headers));
            out.write(body);
        };
    }

    private static byte[] head(int status, long length, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return (head + "Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
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

    static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void listen(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connection.setTcpNoDelay(true);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        connected.add(connection);
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            boolean goesOn = true;
            while (goesOn) {
                Optional<Request> request = read(in);
                goesOn = request.isPresent() && answer(request.get(), connection, out);
            }
        } catch (IOException e) {
            return; // the client heard enough
        } finally {
            connected.remove(connection);
        }
    }

    private boolean answer(Request request, Socket connection, OutputStream out) throws IOException {
        Lie lie = next(request);
        lie.tell(connection, out);
        out.flush();
        return lie.keepsConnection();
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
        }
        return head.isEmpty() ? Optional.empty() : Optional.of(new Request(head.toString()));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private Lie next(Request request) throws IOException {
        synchronized (requests) {
            requests.add(request.head());
            Lie lie = told.get(request.target());
            return lie != null ? lie : others.to(request);
        }
    }

    /** Returns the heads of the requests so far. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Returns the targets of the requests so far. */
    public List<String> targets() {
        return requests().stream().map(head -> new Request(head).target()).toList();
    }

    /** Forgets what it was asked. */
    public void forget() {
        synchronized (requests) {
            requests.clear();
        }
    }

    public int port() {
        return port;
    }

    /** Returns an address on this server. */
    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Breaks all connections, and refuses new ones. */
    public void goAway() throws IOException {
        socket.close();
        for (Socket connection : connected) {
            connection.close();
        }
    }

    /** Listens again after it went away. */
    public void comeBack() throws IOException {
        ServerSocket again = listening(port);
        socket = again;
        threads.execute(() -> listen(again));
    }

    @Override
    public void close() throws IOException {
        goAway();
        threads.shutdownNow();
    }
}
