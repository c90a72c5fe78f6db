package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.LyingServer.Answers;
import org.hipsnode.faults.LyingServer.Lie;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.Digest;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.mirror.remote.Authorization;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransferTest {
    private static final String NAME = "Norder0/Dir0/Npix0.tsv";
    private static final String TEXT = "ra\tdec\n1\t2\n";
    private static final Lie TRUTH = LyingServer.answer(200, TEXT, "ETag: \"1\"");

    @TempDir
    private Path folder;

    private final List<Arrival> arrivals = new ArrayList<>();

    private static Host host(LyingServer server) {
        return host(server, Duration.ofMinutes(1)); // no machine is as slow
    }

    private static Host host(LyingServer server, Duration silence) {
        Manners manners = Manners.usual("test")
                .withTries(2)
                .withSilence(silence)
                .withPatience(Duration.ZERO)
                .withLongestWait(Duration.ofSeconds(2));
        return Host.of(WebAddress.parse(server.url("/survey")).orElseThrow(), "test")
                .with(manners);
    }

    private TransferSummary fetch(Host host, List<WantedFile> wanted) throws IOException, InterruptedException {
        try (Transfer transfer = new Transfer(host)) {
            return transfer.fetch(
                    wanted.iterator(), new FolderLanding(folder), arrivals::add, new Progress(System::nanoTime));
        }
    }

    private static List<WantedFile> many(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> WantedFile.of("Norder3/Dir0/Npix" + i + ".tsv"))
                .toList();
    }

    private TransferSummary fetch(LyingServer server, WantedFile... wanted) throws IOException, InterruptedException {
        return fetch(host(server), List.of(wanted));
    }

    private static WantedFile proven(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        return new WantedFile(NAME, OptionalLong.of(bytes.length), Optional.of(Digest.of(bytes)), Optional.empty());
    }

    @Test
    void bringsManyFilesAtOnce() throws Exception {
        try (LyingServer server = LyingServer.telling(TRUTH)) {
            List<WantedFile> wanted = many(200);
            TransferSummary summary = fetch(host(server), wanted);
            assertThat(summary).isEqualTo(new TransferSummary(200, 0, 0, 0, 200L * TEXT.length(), 200));
            assertThat(arrivals.stream().map(Arrival::name))
                    .containsExactlyInAnyOrderElementsOf(
                            wanted.stream().map(WantedFile::name).toList());
            assertThat(folder.resolve("Norder3/Dir0/Npix199.tsv")).hasContent(TEXT);
        }
    }

    /** A folder in which all threads but the network's hang until that writes. */
    private record HangingLanding(Landing landing, CountDownLatch written) implements Landing {
        @Override
        public Path place(String name) throws IOException {
            if (Thread.currentThread().getName().startsWith("mirror")) {
                written.countDown();
            } else {
                await();
            }
            return landing.place(name);
        }

        private void await() throws IOException {
            try {
                if (!written.await(1, TimeUnit.MINUTES)) {
                    throw new IOException("nobody else writes");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void done(String name, FileRecord record) throws IOException {
            landing.done(name, record);
        }
    }

    @Test
    void theNetworksThreadWritesWhileOthersLag() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() <= 16, "more threads than files are asked for at first");
        try (LyingServer server = LyingServer.telling(TRUTH);
                Transfer transfer = new Transfer(host(server))) {
            HangingLanding landing = new HangingLanding(new FolderLanding(folder), new CountDownLatch(1));
            List<WantedFile> wanted = many(40);
            transfer.fetch(wanted.iterator(), landing, arrivals::add, new Progress(System::nanoTime));
            assertThat(arrivals).hasSize(40).allMatch(arrival -> arrival instanceof Arrival.Stored);
            assertThat(landing.written().getCount()).isZero();
        }
    }

    @Test
    void writesNothingOnceItHasFailed() throws Exception {
        AtomicInteger places = new AtomicInteger();
        FolderLanding landing = new FolderLanding(folder);
        Landing full = new Landing() {
            @Override
            public Path place(String name) throws IOException {
                if (places.incrementAndGet() == 20) {
                    throw new IOException("no space left");
                }
                return landing.place(name);
            }

            @Override
            public void done(String name, FileRecord record) {
                landing.done(name, record);
            }
        };
        try (LyingServer server = LyingServer.telling(TRUTH)) {
            Transfer transfer = new Transfer(host(server));
            assertThatThrownBy(() ->
                            transfer.fetch(many(200).iterator(), full, arrivals::add, new Progress(System::nanoTime)))
                    .hasMessageContaining("no space left");
            int then = places.get();
            transfer.close(); // which waits for its thread
            assertThat(places).hasValue(then);
        }
    }

    /** It may be the release before's, too. */
    @Test
    void neverWritesIntoAFileThatIsThere() throws Exception {
        Path file = new FolderLanding(folder).place(NAME);
        Path other = folder.resolve("other.tsv");
        for (WantedFile wanted : List.of(proven(TEXT), WantedFile.of(NAME))) {
            Files.deleteIfExists(file);
            Files.writeString(file, "before");
            Files.deleteIfExists(other);
            Files.createLink(other, file);
            try (LyingServer server = LyingServer.telling(TRUTH)) {
                fetch(server, wanted);
            }
            assertThat(file).hasContent(TEXT);
            assertThat(other).hasContent("before");
        }
    }

    static Stream<Arguments> lies() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + TEXT.length() + "\r\n\r\n";
        return Stream.of(
                Arguments.of("truncated", LyingServer.text(head + "ra\t"), "expected a whole answer"),
                Arguments.of("wrong length", LyingServer.answer(200, TEXT + "x"), "11 bytes, found 12"),
                Arguments.of("others of that length", LyingServer.answer(200, "ra\tdec\n1\t3\n"), "expected digest"),
                Arguments.of("reset", LyingServer.reset(head + "ra"), "expected a whole answer"),
                Arguments.of("no HTTP", LyingServer.text("hello\r\n\r\n"), "expected a whole answer"),
                Arguments.of("without an end", LyingServer.text("HTTP/1.1 200 OK\r\n\r\nra"), "11 bytes, found 2"),
                Arguments.of("stall", LyingServer.endless(head + "ra", "", 50), "sent nothing for 0.3 s"),
                Arguments.of("bomb", LyingServer.text(packed("0".repeat(1 << 20))), "at most 11 bytes, found more"),
                Arguments.of("half a packed file", LyingServer.text(packed(TEXT, 8)), "found one that is damaged"),
                Arguments.of("unknown coding", LyingServer.answer(200, TEXT, "Content-Encoding: br"), "found 'br'"),
                Arguments.of("error", LyingServer.answer(500, "no"), "found 500 (tried 2 times)"),
                Arguments.of("forbidden", LyingServer.answer(403, "no"), "found 403"),
                Arguments.of("loop", LyingServer.answer(302, "", "Location: /survey/again"), "at most 5 redirects"),
                Arguments.of("no address", LyingServer.answer(302, "", "Location: ftp://x/"), "address as safe"),
                Arguments.of(
                        "private", LyingServer.answer(302, "", "Location: http://127.0.0.2/x"), "found [127.0.0.2]"));
    }

    private static String packed(String text) throws IOException {
        return packed(text, 0);
    }

    private static String packed(String text, int lacking) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        String body = bytes.toString(StandardCharsets.ISO_8859_1);
        String sent = body.substring(0, body.length() - lacking);
        return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + sent.length() + "\r\n\r\n" + sent;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void givesUpWhatIsNotAsItMustBe(String kind, Lie lie, String reason) throws Exception {
        try (LyingServer server = LyingServer.telling(lie)) {
            Duration silence = kind.equals("stall") ? Duration.ofMillis(300) : Duration.ofMinutes(1);
            fetch(host(server, silence), List.of(proven(TEXT)));
            assertThat(arrivals)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Arrival.Failed.class,
                            failed -> assertThat(failed.reason()).contains(reason));
            assertThat(folder.resolve(NAME)).as(kind).doesNotExist();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void triesAgain(String kind, Lie lie) throws Exception {
        try (LyingServer server = LyingServer.telling(lie, TRUTH)) {
            TransferSummary summary = fetch(server, proven(TEXT));
            assertThat(summary).as(kind).isEqualTo(new TransferSummary(1, 0, 0, 0, TEXT.length(), 2));
            assertThat(folder.resolve(NAME)).hasContent(TEXT);
        }
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("reset", LyingServer.reset("")),
                Arguments.of("truncated", LyingServer.text("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nra")),
                Arguments.of("too many", LyingServer.answer(429, "", "Retry-After: 0")),
                Arguments.of("date", LyingServer.answer(503, "", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT")),
                Arguments.of("longer than we wait", LyingServer.answer(503, "", "Retry-After: 99999")),
                Arguments.of("redirect", LyingServer.answer(302, "", "Location: elsewhere")));
    }

    @Test
    void refusesWebPageInsteadOfTile() throws Exception {
        try (LyingServer server = LyingServer.telling(LyingServer.answer(200, "<html>Please log in</html>"))) {
            fetch(server, WantedFile.of(NAME), WantedFile.of("Norder0/Dir0/Npix1.png"));
            assertThat(arrivals).hasSize(2).allMatch(Arrival.Failed.class::isInstance);
        }
    }

    @Test
    void undoesPacking() throws Exception {
        try (LyingServer server = LyingServer.telling(LyingServer.text(packed(TEXT)))) {
            assertThat(fetch(server, proven(TEXT)).stored()).isEqualTo(1);
            assertThat(folder.resolve(NAME)).hasContent(TEXT);
        }
    }

    @Test
    void tellsWhatIsMissingAndWhatIsUnchanged() throws Exception {
        WantedFile known = new WantedFile(
                NAME,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(new Validators(Optional.of("\"1\""), Optional.empty())));
        try (LyingServer server = LyingServer.telling(
                LyingServer.text("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
                LyingServer.answer(404, "<html>none</html>"))) {
            fetch(server, known);
            fetch(server, WantedFile.of(NAME));
            assertThat(arrivals).containsExactly(new Arrival.Unchanged(NAME), new Arrival.Missing(NAME));
            assertThat(server.requests().get(0)).containsIgnoringCase("If-None-Match: \"1\"");
        }
    }

    @Test
    void showsSecretsToTheNamedServerOnly() throws Exception {
        try (LyingServer other = LyingServer.telling(TRUTH);
                LyingServer server = LyingServer.telling(LyingServer.answer(302, "", "Location: " + other.url("/x")))) {
            Host host = host(server).with(Authorization.bearer("secret")).allowingPrivate();
            assertThat(fetch(host, List.of(proven(TEXT))).stored()).isEqualTo(1);
            assertThat(server.requests().get(0)).contains("Bearer secret");
            assertThat(other.requests().get(0)).doesNotContain("secret");
        }
    }

    @Test
    void asksServerThatIsOutOfReachNoMore() throws Exception {
        LyingServer server = LyingServer.telling(TRUTH);
        Host host = host(server);
        server.close();
        List<WantedFile> wanted = IntStream.range(0, 500)
                .mapToObj(i -> WantedFile.of("Norder3/Dir0/Npix" + i + ".tsv"))
                .toList();
        TransferSummary summary = fetch(host, wanted);
        assertThat(summary.failed()).isEqualTo(500);
        assertThat(summary.requests()).isLessThan(50);
    }

    @Test
    void endsWithWhoeverTakesNoMoreArrivals() throws Exception {
        try (LyingServer server = LyingServer.telling(TRUTH);
                Transfer transfer = new Transfer(host(server))) {
            var wanted = List.of(WantedFile.of(NAME), WantedFile.of("Norder0/Dir0/Npix1.tsv"));
            assertThatThrownBy(() -> transfer.fetch(
                            wanted.iterator(),
                            new FolderLanding(folder),
                            arrival -> {
                                throw new UncheckedIOException(new IOException("full"));
                            },
                            new Progress(System::nanoTime)))
                    .hasMessageContaining("full");
        }
    }

    @Test
    void leavesServerThatSendsByteAfterByte() throws Exception {
        Lie loris = LyingServer.endless("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "r", 50);
        try (LyingServer server = LyingServer.telling(loris)) {
            TransferSummary summary = fetch(host(server, Duration.ofSeconds(1)), List.of(WantedFile.of(NAME)));
            assertThat(summary.requests()).isEqualTo(2);
            assertThat(arrivals)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Arrival.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("less than 1024 bytes a second", "tried 2 times"));
        }
    }

    @Test
    void takesNoMoreThanItMay() throws Exception {
        String file = "ra\tdec\n" + "1\t2\n".repeat(6000);
        try (LyingServer server = LyingServer.telling(LyingServer.answer(200, file))) {
            long rate = 400_000;
            Host host = host(server);
            List<WantedFile> wanted = IntStream.range(0, 40)
                    .mapToObj(i -> WantedFile.of("Norder3/Dir0/Npix" + i + ".tsv"))
                    .toList();
            long began = System.nanoTime();
            TransferSummary summary = fetch(host.with(host.manners().withBytesPerSecond(rate)), wanted);
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(summary.stored()).isEqualTo(40);
            // a file may come at once on each connection, and what is spent after a rest: a tenth of a second's bytes
            double atOnce = host.manners().connections() * (double) file.length() + 0.1 * rate;
            assertThat(seconds).isGreaterThan((summary.bytes() - atOnce) / rate);
        }
    }

    @Test
    void goesOnWhenServerIsBack() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<LyingServer> itself = new ArrayList<>();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Answers outage = request -> {
            if (asked.incrementAndGet() == 60) {
                itself.get(0).goAway();
                var unused = timer.schedule(() -> comeBack(itself.get(0)), 1500, TimeUnit.MILLISECONDS);
            }
            return TRUTH;
        };
        try (LyingServer server = LyingServer.choosing(outage)) {
            itself.add(server);
            Host host = host(server);
            List<WantedFile> wanted = IntStream.range(0, 300)
                    .mapToObj(i -> WantedFile.of("Norder3/Dir0/Npix" + i + ".tsv"))
                    .toList();
            TransferSummary summary = fetch(host.with(host.manners().withPatience(Duration.ofMinutes(1))), wanted);
            assertThat(summary.stored()).isEqualTo(300);
        } finally {
            timer.shutdownNow();
        }
    }

    private static void comeBack(LyingServer server) {
        try {
            server.comeBack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
