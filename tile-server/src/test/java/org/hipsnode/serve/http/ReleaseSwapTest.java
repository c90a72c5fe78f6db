package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hipsnode.store.FolderPublication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases are swapped in while clients ask; each answer is compared byte for byte with the release that it says it is of. */
class ReleaseSwapTest {
    /** The longer form of this test is docs/benchmarks/nginx/soak, which runs it for ten minutes. */
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("hipsnode.soak.seconds", 8));

    private static final long SWAP_MILLIS = Long.getLong("hipsnode.soak.swap", 300);
    private static final int TILES = 40;
    private static final int CLIENTS = 6;

    private static String tile(int release, int index) {
        // large and small ones, in memory and not
        return ("release " + release + " tile " + index + " ").repeat(100 + 3000 * (index % 4));
    }

    private static String name(int index) {
        return "Norder3/Dir0/Npix" + index + ".png";
    }

    private static void publish(Path folder, int release) throws IOException {
        try (FolderPublication publication = FolderPublication.begin(folder)) {
            for (int i = 0; i < TILES; i++) {
                publication.write(name(i), tile(release, i).getBytes(StandardCharsets.UTF_8));
            }
            String properties =
                    "creator_did = ivo://test/P/x\nhips_status = public\nhips_order = 3\nobs_title = " + release + "\n";
            publication.write("properties", properties.getBytes(StandardCharsets.UTF_8));
            publication.commit();
        }
    }

    @Test
    void noAnswerMixesReleasesAndNobodySeesAnOldOneAfterANewOne(@TempDir Path data) throws Exception {
        Path folder = data.resolve("survey");
        publish(folder, 0);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger newest = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (ServerFixture server = ServerFixture.serving(data)) {
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                seen.add(clients.submit(() -> ask(server, new Random(seed), over, newest)));
            }
            long end = System.nanoTime() + TIME.toNanos();
            int release = 0;
            while (System.nanoTime() < end) {
                Thread.sleep(SWAP_MILLIS);
                publish(folder, ++release);
                newest.set(release);
            }
            over.set(true);
            for (Future<Integer> client : seen) {
                assertThat(result(client))
                        .as("the last release that a client saw")
                        .isPositive();
            }
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
    }

    private static int result(Future<Integer> client) throws InterruptedException, ExecutionException {
        return client.get();
    }

    private static int ask(ServerFixture server, Random random, AtomicBoolean over, AtomicInteger newest)
            throws IOException {
        int last = 0;
        while (!over.get()) {
            int index = random.nextInt(TILES);
            HttpResponse<byte[]> answer = server.get("/survey/" + name(index));
            assertThat(answer.statusCode()).isEqualTo(200);
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            int release = Integer.parseInt(body.split(" ", 3)[1]);
            assertThat(body).isEqualTo(tile(release, index));
            assertThat(release).isBetween(last, newest.get() + 1);
            last = release;
        }
        return last;
    }
}
