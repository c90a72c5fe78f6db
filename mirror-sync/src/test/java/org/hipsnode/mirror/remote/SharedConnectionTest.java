package org.hipsnode.mirror.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.hipsnode.mirror.remote.Receiver.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How streams hold a server back. */
class SharedConnectionTest {
    private static final Pace PACE = Pace.of(Duration.ofMinutes(1));
    private static final long LEAST_AHEAD = 1 << 19;
    private static final int MOST_AHEAD = (1 << 20) + (1 << 16);

    private static SSLContext tls;

    @BeforeAll
    static void trust(@TempDir Path folder) throws Exception {
        tls = Certificate.make(folder);
        Certificate.trust(folder);
    }

    @AfterAll
    static void trustNoMore() {
        Certificate.trustNoMore();
    }

    /** Takes nothing before it is told to. */
    private static final class Slow implements Receiver {
        private final CompletableFuture<Flow> begun = new CompletableFuture<>();
        private final CountDownLatch taken = new CountDownLatch(4 << 20);

        @Override
        public void head(Head head, Flow flow) {
            flow.pause();
            begun.complete(flow);
        }

        @Override
        public void piece(Piece piece) {
            for (int i = 0; i < piece.length(); i++) {
                taken.countDown();
            }
            piece.release();
        }

        @Override
        public void end() {
            throw new IllegalStateException("it has no end");
        }

        @Override
        public void failed(Fault fault) {
            begun.completeExceptionally(fault);
        }
    }

    /** Counts answers. */
    private record Count(CountDownLatch whole) implements Receiver {
        @Override
        public void head(Head head, Flow flow) {
            // all is well
        }

        @Override
        public void piece(Piece piece) {
            piece.release();
        }

        @Override
        public void end() {
            whole.countDown();
        }

        @Override
        public void failed(Fault fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static void awaitBytes(StreamServer server, long number) throws InterruptedException {
        for (int i = 0; i < 6000 && server.sent() < number; i++) {
            Thread.sleep(10);
        }
    }

    private static void awaitSilence(StreamServer server) throws InterruptedException {
        for (long before = -1; server.sent() != before; Thread.sleep(200)) {
            before = server.sent();
        }
    }

    @Test
    void aReaderThatLagsStopsItsStreamAndNoOther() throws Exception {
        try (StreamServer server = new StreamServer(tls, 100, request -> {
                    if (request.target().equals("/endless")) {
                        request.begin(StreamServer.head(200));
                        request.endless();
                    } else {
                        request.answer("x".repeat(100_000));
                    }
                });
                HttpNetwork network = new HttpNetwork();
                Lanes lanes = network.lanes(
                        Endpoint.of(URI.create(server.url("/"))),
                        PACE,
                        Throttle.NONE,
                        InetAddress::getLoopbackAddress)) {
            lanes.limit(8);
            Slow slow = new Slow();
            lanes.ask(new Question("/endless", Map.of()), slow);
            Flow flow = slow.begun.get(1, TimeUnit.MINUTES);
            awaitBytes(server, LEAST_AHEAD);
            awaitSilence(server);
            assertThat(server.sent()).as("bytes sent ahead").isBetween(LEAST_AHEAD, (long) MOST_AHEAD);
            Count others = new Count(new CountDownLatch(40));
            for (int i = 0; i < 40; i++) {
                lanes.ask(new Question("/" + i, Map.of()), others);
            }
            assertThat(others.whole.await(1, TimeUnit.MINUTES)).isTrue();
            flow.resume();
            assertThat(slow.taken.await(1, TimeUnit.MINUTES)).isTrue();
            flow.abort();
            awaitSilence(server);
            assertThat(server.resets()).hasSize(1);
            assertThat(server.connections()).isOne();
        }
    }

    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Hears of one failure after the other. */
    private static final class Failures implements Receiver {
        private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
        private final CountDownLatch left;

        Failures(int expected) {
            left = new CountDownLatch(expected);
        }

        @Override
        public void head(Head head, Flow flow) {
            throw new IllegalStateException("it says nothing");
        }

        @Override
        public void piece(Piece piece) {
            piece.release();
        }

        @Override
        public void end() {
            throw new IllegalStateException("it says nothing");
        }

        @Override
        public void failed(Fault fault) {
            faults.add(fault);
            left.countDown();
        }
    }

    /** Chooses HTTP/2, and then says something else, or nothing, until the client goes. */
    private static void chooseOnly(SSLServerSocket listening, String said, AtomicInteger ended) {
        while (!listening.isClosed()) {
            try (SSLSocket connection = (SSLSocket) listening.accept()) {
                SSLParameters choice = connection.getSSLParameters();
                choice.setApplicationProtocols(new String[] {"h2"});
                connection.setSSLParameters(choice);
                connection.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
                connection.getOutputStream().flush();
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                ended.incrementAndGet();
            } catch (IOException e) {
                ended.incrementAndGet(); // the client has reset it, or the test is over
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatChoosesHttp2AndDoesNotSpeakItIsGivenUpForAllThatWait(boolean silent) throws Exception {
        String said = silent ? "" : "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        String reason = silent ? "it chose HTTP/2, but did not begin to speak it in 2.0 s" : "cannot be reached";
        AtomicInteger ended = new AtomicInteger();
        try (SSLServerSocket listening = (SSLServerSocket)
                        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
                HttpNetwork network = new HttpNetwork();
                Lanes lanes = network.lanes(
                        Endpoint.of(URI.create("https://127.0.0.1:" + listening.getLocalPort())),
                        new Pace(SHORT, Duration.ofSeconds(5), Duration.ofSeconds(10), 1),
                        Throttle.NONE,
                        InetAddress::getLoopbackAddress)) {
            Thread server = new Thread(() -> chooseOnly(listening, said, ended));
            server.setDaemon(true);
            server.start();
            lanes.limit(8);
            Failures failures = new Failures(16);
            for (int i = 0; i < 16; i++) {
                lanes.ask(new Question("/" + i, Map.of()), failures);
            }
            assertThat(failures.left.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(failures.faults).allSatisfy(fault -> {
                assertThat(fault.kind()).isEqualTo(Fault.Kind.UNREACHABLE);
                assertThat(fault).hasMessageContaining("127.0.0.1").hasMessageContaining(reason);
            });
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (ended.get() == 0 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(ended.get()).as("connections, all ended by the client").isBetween(1, 3);
        }
    }
}
