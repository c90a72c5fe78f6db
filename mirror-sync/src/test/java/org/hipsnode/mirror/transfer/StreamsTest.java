package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.Digest;
import org.hipsnode.mirror.remote.Certificate;
import org.hipsnode.mirror.remote.StreamServer;
import org.hipsnode.mirror.remote.StreamServer.Answers;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transfers over HTTP/2, of servers that do as they should and of others. */
class StreamsTest {
    private static final String NAME = "Norder0/Dir0/Npix0.tsv";
    private static final String TEXT = "ra\tdec\n1\t2\n";

    private static SSLContext tls;

    @TempDir
    private Path folder;

    private final List<Arrival> arrivals = new ArrayList<>();

    @BeforeAll
    static void trust(@TempDir Path keys) throws Exception {
        tls = Certificate.make(keys);
        Certificate.trust(keys);
    }

    @AfterAll
    static void trustNoMore() {
        Certificate.trustNoMore();
    }

    private static StreamServer server(Answers answers) {
        return new StreamServer(tls, 100, answers);
    }

    /** Is patient enough for a machine that has other work. */
    private static Host host(String url) {
        return host(url, Duration.ofSeconds(10));
    }

    private static Host host(String url, Duration silence) {
        Manners manners = Manners.usual("test")
                .withTries(2)
                .withSilence(silence)
                .withPatience(Duration.ZERO)
                .withLongestWait(Duration.ofSeconds(2));
        return Host.of(WebAddress.parse(url).orElseThrow(), "test").with(manners);
    }

    private TransferSummary fetch(Host host, List<WantedFile> wanted) throws IOException, InterruptedException {
        try (Transfer transfer = new Transfer(host)) {
            return transfer.fetch(
                    wanted.iterator(), new FolderLanding(folder), arrivals::add, new Progress(System::nanoTime));
        }
    }

    private TransferSummary fetch(StreamServer server, WantedFile... wanted) throws IOException, InterruptedException {
        return fetch(host(server.url("/survey")), List.of(wanted));
    }

    private TransferSummary fetch(StreamServer server, int files) throws IOException, InterruptedException {
        return fetch(host(server.url("/survey")), numbered(files));
    }

    private static List<WantedFile> numbered(int files) {
        return IntStream.range(0, files)
                .mapToObj(i -> WantedFile.of("Norder3/Dir0/Npix" + i + ".tsv"))
                .toList();
    }

    private static WantedFile proven(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        return new WantedFile(NAME, OptionalLong.of(bytes.length), Optional.of(Digest.of(bytes)), Optional.empty());
    }

    private static String content(String target) {
        return "ra\tdec\n" + "1\t2\n".repeat(target.hashCode() & 0x3ff);
    }

    private void assertAllCame(TransferSummary summary, int files) {
        assertThat(summary.stored()).isEqualTo(files);
        assertThat(summary.requests()).as("none is counted twice").isEqualTo(files);
        for (WantedFile wanted : numbered(files)) {
            assertThat(folder.resolve(wanted.name())).hasContent(content("/survey/" + wanted.name()));
        }
    }

    @Test
    void manyFilesComeAtOnceOverOneConnection() throws Exception {
        try (StreamServer server = server(request -> request.answer(content(request.target())))) {
            assertAllCame(fetch(server, 300), 300);
            assertThat(server.connections()).isOne();
            assertThat(server.mostOpen()).isBetween(2, 8);
        }
    }

    @Test
    void aServerThatAllowsOneStreamGetsTwoConnections() throws Exception {
        try (StreamServer server = new StreamServer(tls, 1, request -> request.answer(content(request.target())))) {
            assertAllCame(fetch(server, 100), 100);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.mostOpen()).isLessThanOrEqualTo(2);
            assertThat(server.targets()).as("nothing was refused").hasSize(100);
        }
    }

    @Test
    void whatWasNotTakenBeforeAConnectionEndedIsAskedForElsewhere() throws Exception {
        AtomicInteger number = new AtomicInteger();
        Answers endsOften = request -> {
            if (number.incrementAndGet() % 7 == 0) {
                request.goAway();
            }
            request.answer(content(request.target()));
        };
        try (StreamServer server = server(endsOften)) {
            assertAllCame(fetch(server, 200), 200);
            assertThat(server.connections()).isBetween(10, 40);
        }
    }

    @Test
    void whatIsRefusedIsAskedForAgain() throws Exception {
        Set<String> refused = new HashSet<>();
        Answers reluctant = request -> {
            if (refused.add(request.target())) {
                request.reset(Http2Error.REFUSED_STREAM);
            } else {
                request.answer(content(request.target()));
            }
        };
        try (StreamServer server = server(reluctant)) {
            assertAllCame(fetch(server, 60), 60);
            assertThat(server.targets()).hasSize(120);
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aConnectionThatIsCutIsReplaced() throws Exception {
        AtomicInteger number = new AtomicInteger();
        Answers cut = request -> {
            if (number.incrementAndGet() == 50) {
                request.hangUp();
            } else {
                request.answer(content(request.target()));
            }
        };
        try (StreamServer server = server(cut)) {
            assertThat(fetch(server, 100).stored()).isEqualTo(100);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String SILENT = "sent nothing for 0.3 s";

    static Stream<Arguments> lies() {
        Http2Headers tooMuch = StreamServer.head(200).add("x", "y".repeat(40_000));
        Http2Headers lying = StreamServer.head(200).setInt("content-length", TEXT.length());
        return Stream.of(
                lie("reset", request -> request.reset(Http2Error.INTERNAL_ERROR), "INTERNAL_ERROR (tried 2 times)"),
                lie("always refused", request -> request.reset(Http2Error.REFUSED_STREAM), "REFUSED_STREAM"),
                lie("hang up", StreamServer.Request::hangUp, "the end of the connection"),
                lie("garbage", StreamServer.Request::garble, "expected a whole answer"),
                lie("silence", request -> {}, SILENT),
                lie("stall", request -> request.begin(lying), SILENT),
                lie("only announced", request -> request.begin(StreamServer.head(103)), SILENT),
                lie("large head", request -> request.onlyHead(tooMuch), "expected a whole answer"),
                lie(
                        "cut",
                        request -> {
                            request.begin(StreamServer.head(200));
                            request.data("ra\t", false);
                            request.reset(Http2Error.CANCEL);
                        },
                        "CANCEL"),
                lie(
                        "truncated",
                        request -> {
                            request.begin(lying);
                            request.data("ra\t", true);
                        },
                        "expected a whole answer"),
                lie(
                        "truncated, as if whole",
                        request -> {
                            request.begin(StreamServer.head(200));
                            request.data("ra\t", true);
                        },
                        "11 bytes, found 3"),
                lie(
                        "endless",
                        request -> {
                            request.begin(StreamServer.head(200));
                            request.endless();
                        },
                        "at most 11 bytes, found more"),
                lie("error", request -> request.onlyHead(StreamServer.head(500)), "found 500 (tried 2 times)"));
    }

    private static Arguments lie(String kind, Answers lie, String reason) {
        return Arguments.of(kind, lie, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void givesUpWhatIsNotAsItMustBe(String kind, Answers lie, String reason) throws Exception {
        try (StreamServer server = server(lie)) {
            Host host = reason.equals(SILENT) ? host(server.url("/survey"), SHORT) : host(server.url("/survey"));
            assertThat(fetch(host, List.of(proven(TEXT))).failed()).as(kind).isEqualTo(1);
            assertThat(arrivals)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Arrival.Failed.class,
                            failed -> assertThat(failed.reason()).contains(reason));
        }
    }

    @Test
    void aFileThatStallsLeavesTheOthersAlone() throws Exception {
        String stalled = "/survey/Norder3/Dir0/Npix5.tsv";
        Answers oneStalls = request -> {
            if (request.target().equals(stalled)) {
                request.begin(StreamServer.head(200));
            } else {
                request.answer(content(request.target()));
            }
        };
        try (StreamServer server = server(oneStalls)) {
            TransferSummary summary = fetch(host(server.url("/survey"), Duration.ofSeconds(2)), numbered(100));
            assertThat(summary.stored()).isEqualTo(99);
            assertThat(summary.failed()).isEqualTo(1);
            assertThat(server.resets()).contains(Http2Error.CANCEL);
            assertThat(server.connections()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void headsWithoutBodyAndTrailersAreUnderstood() throws Exception {
        WantedFile known = new WantedFile(
                NAME,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(new Validators(Optional.of("\"1\""), Optional.empty())));
        Answers answers = request -> {
            if (request.headers().contains("if-none-match")) {
                request.onlyHead(StreamServer.head(304));
            } else if (request.target().endsWith("Npix1.tsv")) {
                request.onlyHead(StreamServer.head(404));
            } else {
                request.begin(StreamServer.head(200));
                request.data(TEXT, false);
                request.onlyHead(new io.netty.handler.codec.http2.DefaultHttp2Headers().add("x-sum", "1"));
            }
        };
        try (StreamServer server = server(answers)) {
            fetch(server, known);
            fetch(server, WantedFile.of("Norder0/Dir0/Npix1.tsv"));
            assertThat(fetch(server, WantedFile.of("Norder0/Dir0/Npix2.tsv")).stored())
                    .isEqualTo(1);
            assertThat(arrivals.subList(0, 2))
                    .containsExactly(new Arrival.Unchanged(NAME), new Arrival.Missing("Norder0/Dir0/Npix1.tsv"));
            assertThat(folder.resolve("Norder0/Dir0/Npix2.tsv")).hasContent(TEXT);
        }
    }

    @Test
    void takesNoMoreThanItMay() throws Exception {
        String file = "ra\tdec\n" + "1\t2\n".repeat(6000);
        long rate = 400_000;
        try (StreamServer server = server(request -> request.answer(file))) {
            Host host = host(server.url("/survey"));
            long began = System.nanoTime();
            TransferSummary summary = fetch(host.with(host.manners().withBytesPerSecond(rate)), numbered(40));
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(summary.stored()).isEqualTo(40);
            // a file may come at once on each stream, and what is spent after a rest: a tenth of a second's bytes
            double atOnce = host.manners().connections() * (double) file.length() + 0.1 * rate;
            assertThat(seconds).isGreaterThan((summary.bytes() - atOnce) / rate);
        }
    }

    @Test
    void aServerWithoutHttp2IsAskedAsBefore() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            byte[] content = content(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        try {
            String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/survey";
            assertAllCame(fetch(host(url), numbered(60)), 60);
        } finally {
            server.stop(0);
        }
    }
}
