package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers that share a limit do not bring more than it allows together. */
class TotalRateTest {
    private static final int FILE = 10_000;
    private static final int FILES = 80;
    private static final int RATE = 400_000;

    @TempDir
    private Path folder;

    /** Puts files beside each other. */
    private record Beside(Path folder) implements Landing {
        @Override
        public Path place(String name) {
            return folder.resolve(name.replace('/', '-'));
        }

        @Override
        public void done(String name, FileRecord record) {
            // nobody asks
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, FILE);
            exchange.getResponseBody().write(new byte[FILE]);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Callable<Long> copy(HttpServer from, RateLimit total, String name) {
        return () -> {
            WebAddress survey = WebAddress.parse(
                            "http://127.0.0.1:" + from.getAddress().getPort())
                    .orElseThrow();
            try (Transfer transfer = new Transfer(Host.of(survey, "test").within(total))) {
                return transfer.fetch(
                                IntStream.range(0, FILES)
                                        .mapToObj(i -> WantedFile.of("own" + name + i + ".bin"))
                                        .iterator(),
                                new Beside(folder),
                                arrival -> {},
                                new Progress(System::nanoTime))
                        .stored();
            }
        };
    }

    @Test
    void twoTransfersShareOneLimit() throws Exception {
        HttpServer first = server();
        HttpServer second = server();
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            RateLimit total = new RateLimit(RATE);
            long began = System.nanoTime();
            List<Future<Long>> done = both.invokeAll(List.of(copy(first, total, "a"), copy(second, total, "b")));
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(done.get(0).get()).isEqualTo(FILES);
            assertThat(done.get(1).get()).isEqualTo(FILES);
            // a file may come at once on each connection, and what is spent after a rest: a tenth of a second's bytes
            double atOnce = 2.0 * Manners.usual("test").connections() * FILE + 0.1 * RATE;
            assertThat(seconds).isGreaterThan((2.0 * FILES * FILE - atOnce) / RATE);
        } finally {
            both.shutdown();
            assertThat(both.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            first.stop(0);
            second.stop(0);
        }
    }
}
