package org.hipsnode.mirror.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.hipsnode.mirror.remote.Receiver.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How streams hold a server back. */
class SharedConnectionTest {
    private static final Pace PACE = Pace.of(Duration.ofSeconds(5));
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
            Flow flow = slow.begun.get(20, TimeUnit.SECONDS);
            awaitSilence(server);
            assertThat(server.sent()).as("bytes sent ahead").isBetween(1L << 19, (long) MOST_AHEAD);
            Count others = new Count(new CountDownLatch(40));
            for (int i = 0; i < 40; i++) {
                lanes.ask(new Question("/" + i, Map.of()), others);
            }
            assertThat(others.whole.await(20, TimeUnit.SECONDS)).isTrue();
            flow.resume();
            assertThat(slow.taken.await(20, TimeUnit.SECONDS)).isTrue();
            flow.abort();
            awaitSilence(server);
            assertThat(server.resets()).hasSize(1);
            assertThat(server.connections()).isOne();
        }
    }
}
