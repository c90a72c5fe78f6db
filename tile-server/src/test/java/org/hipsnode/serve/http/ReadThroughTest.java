package org.hipsnode.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.hipsnode.HandClock;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.origin.Hops;
import org.hipsnode.serve.origin.Origin;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.serve.origin.Provision;
import org.hipsnode.serve.origin.ReadThrough;
import org.hipsnode.serve.origin.Resolver;
import org.hipsnode.serve.origin.SurveyCache;
import org.hipsnode.tile.TileAddress;
import org.hipsnode.tile.TileFormat;
import org.hipsnode.tile.TreeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache in front of an origin that lies, stalls, breaks off and goes away; over real sockets. */
class ReadThroughTest {
    private static final String PROPERTIES = """
            creator_did = ivo://t/P/far
            obs_title = Far
            hips_status = public master clonable
            hips_release_date = 2026-01-01T00:00Z
            hips_order = 3
            hips_tile_format = png jpeg fits
            hips_frame = equatorial
            """;

    /** Public by its number, and nobody's that we ever connect to. */
    private static final String PUBLIC = "130.79.128.30";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HandClock clock = new HandClock(Instant.now());
    private final List<ReadThrough> opened = new ArrayList<>();
    private LyingServer origin;
    private Resolver resolver = InetAddress::getAllByName;
    private long quota = 1L << 30;
    private boolean allowsPrivate = true;

    @BeforeEach
    void start() throws IOException {
        origin = LyingServer.start();
        origin.tell("/far/properties", LyingServer.answer(200, PROPERTIES));
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(ReadThrough::close);
        origin.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String tile(int index) {
        return TreeName.tile(new TileAddress(3, index), TileFormat.PNG).toString();
    }

    private static byte[] png(int colour) throws IOException {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 3, colour);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Opens the cache, as a node does that starts. */
    private SurveyCache open() throws IOException {
        WebAddress address = WebAddress.parse(origin.url("/far")).orElseThrow();
        return open(address);
    }

    private SurveyCache open(WebAddress address) throws IOException {
        VertxOrigin.Patience patience =
                new VertxOrigin.Patience(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(3));
        ReadThrough all = ReadThrough.open(
                List.of(new OriginSettings("far", address, quota, folder.resolve("cache"), allowsPrivate)),
                rerouted(new VertxOrigin(vertx, new HttpClientOptions(), patience)),
                Optional.of("https://here.example"),
                () -> 1,
                new ReadThrough.Surroundings(resolver, clock, () -> clock.millis() * 1_000_000L, Duration.ZERO));
        opened.add(all);
        SurveyCache cache = all.at("far").orElseThrow();
        cache.refresh();
        return cache;
    }

    /** Stands for the internet: whatever is at its test address is on this machine. */
    private static Origin rerouted(Origin real) {
        return (question, into) -> real.ask(
                question.target().getHostAddress().equals(PUBLIC)
                        ? new Origin.Question(
                                question.uri(), InetAddress.getLoopbackAddress(), question.headers(), question.limit())
                        : question,
                into);
    }

    private Provision ask(SurveyCache cache, String name) throws Exception {
        Optional<Provision> here = cache.local(name);
        return here.isPresent() ? here.get() : cache.fetch(name, Hops.NONE).get(10, TimeUnit.SECONDS);
    }

    private byte[] content(SurveyCache cache, String name) throws Exception {
        Provision provision = ask(cache, name);
        assertThat(provision).isInstanceOf(Provision.InFolder.class);
        return Files.readAllBytes(((Provision.InFolder) provision).folder().resolve(name));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(condition.getAsBoolean()).as("in a minute").isTrue();
    }

    private long asked(String name) {
        return origin.targets().stream().filter(("/far/" + name)::equals).count();
    }

    private void assertUnavailable(SurveyCache cache, String name, int status) throws Exception {
        assertThat(ask(cache, name))
                .isInstanceOfSatisfying(
                        Provision.Unavailable.class,
                        unavailable -> assertThat(unavailable.status()).isEqualTo(status));
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().contains("Npix"))).isEmpty();
        }
        try (var files = Files.list(folder.resolve("cache/incoming"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFileIsFetchedOnceAndServedAsAMirrorWould() throws Exception {
        origin.tell(
                "/far/" + tile(5),
                LyingServer.answer(png(1), "ETag: \"a\"", "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"));
        SurveyCache cache = open();
        for (int i = 0; i < 3; i++) {
            assertThat(content(cache, tile(5))).isEqualTo(png(1));
        }
        assertThat(asked(tile(5))).isEqualTo(1);
        assertThat(new String(content(cache, "properties"), java.nio.charset.StandardCharsets.UTF_8))
                .contains("hips_status          = public mirror clonable", "= https://here.example/far")
                .contains("hips_release_date = 2026-01-01T00:00Z");
        assertThat(cache.survey().orElseThrow().path()).isEqualTo("far");
        String head = origin.requests().stream()
                .filter(r -> r.contains(tile(5)))
                .findFirst()
                .orElseThrow();
        assertThat(head.toLowerCase(java.util.Locale.ROOT))
                .contains("accept-encoding: identity", "via: 1.1 hipsnode-", "user-agent: hipsnode");
        Path file = ((Provision.InFolder) ask(cache, tile(5))).folder().resolve(tile(5));
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void howeverManyAskAtOnceItIsFetchedOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        byte[] png = png(2);
        origin.tell("/far/" + tile(6), (connection, out) -> {
            try {
                release.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            LyingServer.answer(png).tell(connection, out);
        });
        SurveyCache cache = open();
        List<CompletableFuture<Provision>> answers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.local(tile(6))).isEmpty();
            answers.add(cache.fetch(tile(6), Hops.NONE));
        }
        release.countDown();
        for (CompletableFuture<Provision> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Provision.InFolder.class);
        }
        assertThat(asked(tile(6))).isEqualTo(1);
    }

    @Test
    void missingFilesAreRememberedForAWhile() throws Exception {
        SurveyCache cache = open();
        for (int i = 0; i < 3; i++) {
            assertThat(ask(cache, tile(7))).isEqualTo(new Provision.Absent());
        }
        assertThat(asked(tile(7))).isEqualTo(1);
        clock.advance(Duration.ofMinutes(11));
        origin.tell("/far/" + tile(7), LyingServer.answer(png(7)));
        assertThat(content(cache, tile(7))).isEqualTo(png(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "script.js",
                ".hipsnode/manifest.json",
                "Norder4/Dir0/Npix0.png",
                "Norder3/Dir0/Npix0.webp",
                "Norder3/Dir0/Npix0_1.png",
                "Norder3/Dir0/Npix768.png",
                "anything"
            })
    void whatASurveyCannotHaveIsNotAskedFor(String name) throws Exception {
        SurveyCache cache = open();
        int before = origin.targets().size();
        assertThat(ask(cache, name)).isEqualTo(new Provision.Absent());
        assertThat(origin.targets()).hasSize(before);
    }

    @Test
    void whatIsOldIsGivenAtOnceAndAskedAboutMeanwhile() throws Exception {
        origin.tell("/far/" + tile(5), LyingServer.answer(png(1), "ETag: \"a\"", "Cache-Control: max-age=100"));
        SurveyCache cache = open();
        content(cache, tile(5));
        clock.advance(Duration.ofSeconds(101));
        origin.tell(
                "/far/" + tile(5),
                LyingServer.text("HTTP/1.1 304 Not Modified\r\nConnection: close\r\nETag: \"a\"\r\n\r\n"));
        assertThat(content(cache, tile(5))).isEqualTo(png(1));
        await(() -> asked(tile(5)) == 2);
        assertThat(origin.requests().get(origin.requests().size() - 1)).containsIgnoringCase("if-none-match: \"a\"");
        land(cache, tile(5));
        CountDownLatch oldWasRead = new CountDownLatch(1);
        byte[] newer = png(2);
        origin.tell("/far/" + tile(5), (connection, out) -> {
            try {
                assertThat(oldWasRead.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            LyingServer.answer(newer, "ETag: \"b\"").tell(connection, out);
        });
        clock.advance(Duration.ofDays(2));
        assertThat(content(cache, tile(5))).as("the old one at once").isEqualTo(png(1));
        oldWasRead.countDown();
        land(cache, tile(5));
        assertThat(content(cache, tile(5))).isEqualTo(png(2));
        origin.tell("/far/" + tile(5), LyingServer.answer(404, "gone"));
        clock.advance(Duration.ofDays(2));
        content(cache, tile(5));
        await(() -> isAbsent(cache, tile(5)));
    }

    /** Waits for what is being asked about a file: an answer to an earlier question would be noted with a later time. */
    private static void land(SurveyCache cache, String name) throws Exception {
        assertThat(cache.fetch(name, Hops.NONE).get(60, TimeUnit.SECONDS)).isInstanceOf(Provision.InFolder.class);
    }

    private static boolean isAbsent(SurveyCache cache, String name) {
        try {
            return cache.local(name).equals(Optional.of(new Provision.Absent()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutItsOriginItServesWhatItHasAlsoAfterARestart() throws Exception {
        origin.tell("/far/" + tile(5), LyingServer.answer(png(1), "Cache-Control: max-age=100"));
        content(open(), tile(5));
        int port = origin.port();
        origin.close();
        clock.advance(Duration.ofDays(30));
        SurveyCache again = open();
        assertThat(again.survey().orElseThrow().properties().title()).contains("Far");
        assertThat(content(again, tile(5))).isEqualTo(png(1));
        assertThat(ask(again, tile(6))).isInstanceOfSatisfying(Provision.Unavailable.class, unavailable -> {
            assertThat(unavailable.status()).isEqualTo(502);
            assertThat(unavailable.reason()).isEqualTo("the origin of this survey cannot be reached");
        });
        for (int i = 0; i < 5; i++) {
            ask(again, tile(6));
        }
        assertUnavailableNow(again, tile(6), 503);
        assertThat(content(again, tile(5))).as("still").isEqualTo(png(1));
        origin = LyingServer.start(port);
        origin.tell("/far/" + tile(6), LyingServer.answer(png(6)));
        clock.advance(Duration.ofMinutes(6));
        assertThat(content(again, tile(6)))
                .as("a fault is not remembered as missing")
                .isEqualTo(png(6));
    }

    private void assertUnavailableNow(SurveyCache cache, String name, int status) throws Exception {
        assertThat(ask(cache, name)).isInstanceOfSatisfying(Provision.Unavailable.class, unavailable -> {
            assertThat(unavailable.status()).isEqualTo(status);
            assertThat(unavailable.retrySeconds()).isPositive();
        });
    }

    @Test
    void nothingThatIsNotWholeIsKept() throws Exception {
        byte[] png = png(1);
        SurveyCache cache = open();
        String name = "/far/" + tile(5);
        String text = new String(png, java.nio.charset.StandardCharsets.ISO_8859_1);
        String cut = text.substring(0, text.length() - 20);
        origin.tell(name, LyingServer.text("HTTP/1.1 200 OK\r\nContent-Length: " + png.length + "\r\n\r\n" + cut));
        assertUnavailable(cache, tile(5), 502);
        origin.tell(name, LyingServer.reset("HTTP/1.1 200 OK\r\nContent-Length: " + png.length + "\r\n\r\n" + cut));
        assertUnavailable(cache, tile(5), 502);
        cache = reopened();
        origin.tell(name, LyingServer.answer(cut.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        assertUnavailable(cache, tile(5), 502);
        origin.tell(name, LyingServer.text("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + text));
        assertUnavailable(cache, tile(5), 502);
        origin.tell(name, LyingServer.text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
        assertUnavailable(cache, tile(5), 502);
        byte[] flipped = png.clone();
        flipped[45] ^= 1;
        cache = reopened();
        origin.tell(name, LyingServer.answer(flipped));
        assertUnavailable(cache, tile(5), 502);
        origin.tell(name, LyingServer.answer(png));
        assertThat(content(cache, tile(5))).isEqualTo(png);
    }

    /** Opens the cache anew, so that it remembers no faults of the origin. */
    private SurveyCache reopened() throws IOException {
        return open();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!doctype html><title>Log in</title>",
                "\n <HTML><body>Sorry",
                "{\"error\": \"quota\"}",
                "GIF89a",
                ""
            })
    void aPageInsteadOfATileIsNotATile(String page) throws Exception {
        SurveyCache cache = open();
        for (String name : List.of(tile(5), tile(5).replace("png", "jpg"), tile(5).replace("png", "fits"))) {
            origin.tell("/far/" + name, LyingServer.answer(200, page, "Content-Type: image/png"));
            assertUnavailable(cache, name, 502);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 400, 401, 403, 418, 500, 502, 504})
    void aFaultOfTheOriginIsNoMissingFile(int status) throws Exception {
        SurveyCache cache = open();
        origin.tell("/far/" + tile(5), LyingServer.answer(status, status == 204 ? "" : "no"));
        assertUnavailable(cache, tile(5), 502);
        origin.tell("/far/" + tile(5), LyingServer.answer(png(5)));
        assertThat(content(cache, tile(5))).isEqualTo(png(5));
    }

    @Test
    void anOriginThatAsksForPatienceGetsIt() throws Exception {
        SurveyCache cache = open();
        origin.tell("/far/" + tile(5), LyingServer.answer(429, "slow down", "Retry-After: 90"));
        assertUnavailable(cache, tile(5), 503);
        origin.tell("/far/" + tile(5), LyingServer.answer(png(5)));
        assertUnavailable(cache, tile(5), 503);
        assertThat(asked(tile(5))).isEqualTo(1);
        clock.advance(Duration.ofSeconds(91));
        assertThat(content(cache, tile(5))).isEqualTo(png(5));
    }

    @Test
    void anOriginThatStallsIsNotWaitedForLong() throws Exception {
        SurveyCache cache = open();
        origin.tell("/far/" + tile(5), LyingServer.endless("", "", 10));
        assertUnavailable(cache, tile(5), 504);
        cache = reopened();
        origin.tell(
                "/far/" + tile(5), LyingServer.endless("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "x", 50));
        assertUnavailable(cache, tile(5), 504);
    }

    @Test
    void aFileLargerThanAnyIsNotReceivedToItsEnd() throws Exception {
        SurveyCache cache = open();
        String zeros = "\0".repeat(1 << 16);
        origin.tell(
                "/far/preview.jpg",
                LyingServer.endless("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", zeros, 0));
        assertUnavailable(cache, "preview.jpg", 502);
    }

    @Test
    void whatUnpacksWithoutEndIsNotUnpacked() throws Exception {
        SurveyCache cache = open();
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 1100; i++) {
                out.write(new byte[1 << 16]);
            }
        }
        assertThat(bomb.size()).isLessThan(100_000);
        origin.tell("/far/" + tile(5), LyingServer.answer(bomb.toByteArray(), "Content-Encoding: gzip"));
        assertUnavailable(cache, tile(5), 502);
        String fits = tile(5).replace("png", "fits");
        origin.tell("/far/" + fits, LyingServer.answer(bomb.toByteArray()));
        assertUnavailable(cache, fits, 502);
        origin.tell("/far/" + tile(6), LyingServer.answer(png(6), "Content-Encoding: br"));
        assertUnavailable(cache, tile(6), 502);
    }

    @Test
    void whatIsPackedUnaskedIsUnpacked() throws Exception {
        SurveyCache cache = open();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(png(5));
        }
        origin.tell("/far/" + tile(5), LyingServer.answer(packed.toByteArray(), "Content-Encoding: gzip"));
        assertThat(content(cache, tile(5))).isEqualTo(png(5));
    }

    @Test
    void redirectsAreFollowedAFewTimesAndOnlyWhereTheyMayLead() throws Exception {
        SurveyCache cache = open();
        origin.tell("/far/" + tile(5), redirect("/moved/5.png"));
        origin.tell("/moved/5.png", LyingServer.answer(png(5)));
        assertThat(content(cache, tile(5))).isEqualTo(png(5));
        origin.tell("/far/" + tile(6), redirect("/far/" + tile(6)));
        assertUnavailableNow(cache, tile(6), 502);
        assertThat(asked(tile(6))).isEqualTo(6);
        for (String nowhere : List.of("ftp://h/x", "http://user:word@h/x", "//", "http://", "file:///etc/passwd", "")) {
            origin.tell("/far/" + tile(8), redirect(nowhere));
            assertUnavailableNow(cache, tile(8), 502);
        }
    }

    private static LyingServer.Lie redirect(String to) {
        return LyingServer.answer(302, "", "Location: " + to);
    }

    @Test
    void noRedirectLeadsIntoThePrivateNetwork() throws Exception {
        allowsPrivate = false;
        // far.example is public by name, and what is connected to is decided once by that look-up
        List<String> looked = new ArrayList<>();
        resolver = host -> {
            looked.add(host);
            return InetAddress.getAllByName("127.0.0.1");
        };
        SurveyCache cache = open(
                WebAddress.parse("http://far.example:" + origin.port() + "/far").orElseThrow());
        assertThat(cache.survey()).isEmpty();
        assertThat(looked).containsExactly("far.example");
        assertThat(origin.targets()).isEmpty();
        assertUnavailableNow(cache, tile(5), 503);
    }

    @Test
    void aPublicOriginCannotSendUsIntoThePrivateNetwork() throws Exception {
        allowsPrivate = false;
        resolver = host -> InetAddress.getAllByName(host.equals("far.example") ? PUBLIC : host);
        SurveyCache cache = open(
                WebAddress.parse("http://far.example:" + origin.port() + "/far").orElseThrow());
        assertThat(cache.survey()).isPresent();
        origin.tell("/secret", LyingServer.answer(png(1)));
        for (String inside : List.of("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "0x7f.1", "2130706433")) {
            origin.tell("/far/" + tile(5), redirect("http://" + inside + ":" + origin.port() + "/secret"));
            assertUnavailableNow(cache, tile(5), 502);
        }
        assertThat(origin.targets()).doesNotContain("/secret");
    }

    @Test
    void aNameThatComesToMeanThePrivateNetworkIsNotFollowed() throws Exception {
        allowsPrivate = false;
        List<String> looked = new ArrayList<>();
        resolver = host -> {
            looked.add(host);
            return InetAddress.getAllByName(looked.size() <= 3 ? PUBLIC : "127.0.0.1");
        };
        origin.tell("/far/" + tile(5), LyingServer.answer(png(5)));
        SurveyCache cache = open(
                WebAddress.parse("http://far.example:" + origin.port() + "/far").orElseThrow());
        assertThat(cache.survey()).isPresent();
        assertThat(looked).as("once for each request").hasSize(3);
        assertUnavailableNow(cache, tile(5), 502);
        assertThat(asked(tile(5))).isZero();
    }

    @Test
    void theAddressThatWasCheckedIsTheOneConnectedTo() throws Exception {
        resolver = host -> InetAddress.getAllByName("127.0.0.1");
        origin.tell("/far/" + tile(5), LyingServer.answer(png(5)));
        SurveyCache cache = open(
                WebAddress.parse("http://far.example:" + origin.port() + "/far").orElseThrow());
        assertThat(content(cache, tile(5))).as("no other look-up").isEqualTo(png(5));
        assertThat(origin.requests()).allSatisfy(head -> assertThat(head).containsIgnoringCase("host: far.example:"));
    }

    @Test
    void anotherReleaseIsServedAloneOnceItIsNoticed() throws Exception {
        origin.tell("/far/" + tile(5), LyingServer.answer(png(1)));
        SurveyCache cache = open();
        content(cache, tile(5));
        Path before = ((Provision.InFolder) ask(cache, tile(5))).folder();
        origin.tell("/far/properties", LyingServer.answer(200, PROPERTIES.replace("2026-01-01", "2026-02-02")));
        origin.tell("/far/" + tile(5), LyingServer.answer(png(2)));
        cache.refresh();
        assertThat(content(cache, tile(5))).as("not yet time to ask").isEqualTo(png(1));
        clock.advance(Duration.ofMinutes(6));
        cache.refresh();
        assertThat(content(cache, tile(5))).isEqualTo(png(2));
        assertThat(cache.survey().orElseThrow().properties().releaseDate().orElseThrow())
                .hasToString("2026-02-02T00:00Z");
        assertThat(before).doesNotExist();
        origin.tell("/far/properties", LyingServer.answer(500, "oh"));
        clock.advance(Duration.ofMinutes(6));
        cache.refresh();
        assertThat(content(cache, tile(5))).isEqualTo(png(2));
        origin.tell("/far/properties", LyingServer.answer(200, PROPERTIES.replace("clonable", "unclonable")));
        clock.advance(Duration.ofMinutes(6));
        cache.refresh();
        assertThat(cache.survey()).as("no longer allowed").isEmpty();
        assertUnavailableNow(cache, tile(5), 503);
    }

    @Test
    void aNewTitleIsNoNewRelease() throws Exception {
        origin.tell("/far/" + tile(5), LyingServer.answer(png(1)));
        SurveyCache cache = open();
        content(cache, tile(5));
        origin.tell("/far/properties", LyingServer.answer(200, PROPERTIES.replace("Far", "Farther")));
        clock.advance(Duration.ofMinutes(6));
        cache.refresh();
        assertThat(cache.survey().orElseThrow().properties().title()).contains("Farther");
        content(cache, tile(5));
        assertThat(asked(tile(5))).isEqualTo(1);
    }

    @Test
    void theQuotaIsKeptByDroppingWhatWasAskedForLongestAgo() throws Exception {
        quota = 10 * 8192; // ten small files with their notes
        for (int i = 0; i < 30; i++) {
            origin.tell("/far/" + tile(i), LyingServer.answer(png(i)));
        }
        SurveyCache cache = open();
        for (int i = 0; i < 9; i++) {
            content(cache, tile(i));
            clock.advance(Duration.ofSeconds(1));
        }
        cache = open(); // a restart forgets nothing
        content(cache, tile(0));
        clock.advance(Duration.ofSeconds(1));
        for (int i = 9; i < 15; i++) {
            content(cache, tile(i));
            clock.advance(Duration.ofSeconds(1));
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            if (cache.local(tile(i)).isPresent()) {
                kept.add(i);
            }
        }
        assertThat(kept).contains(0, 14).doesNotContain(1, 2, 3).hasSizeBetween(8, 10);
        assertThat(ask(cache, "properties")).isInstanceOf(Provision.InFolder.class);
    }

    @Test
    void whatACrashLeftIsNotServed() throws Exception {
        for (int i = 0; i < 3; i++) {
            origin.tell("/far/" + tile(i), LyingServer.answer(png(i)));
        }
        SurveyCache cache = open();
        for (int i = 0; i < 3; i++) {
            content(cache, tile(i));
        }
        Path release = ((Provision.InFolder) ask(cache, tile(0))).folder();
        Files.write(release.resolve(tile(0)), Arrays.copyOf(png(0), 30));
        Path note = release.resolve(tile(1)).resolveSibling(".Npix1.png.note");
        Files.writeString(note, Files.readString(note).substring(0, 20));
        Files.delete(release.resolve(tile(2)));
        Files.writeString(folder.resolve("cache/incoming/half"), "half a file");
        SurveyCache again = open();
        for (int i = 0; i < 3; i++) {
            assertThat(content(again, tile(i))).isEqualTo(png(i));
            assertThat(asked(tile(i))).isEqualTo(2);
        }
        assertThat(folder.resolve("cache/incoming/half")).doesNotExist();
    }

    @Test
    void aCacheOfItselfIsFoundOut() throws Exception {
        SurveyCache cache = open();
        String via = origin.requests().get(0).replaceAll("(?is).*via: ([^\n]*)\n.*", "$1");
        assertThat(cache.fetch(tile(5), Hops.parse(List.of("1.1 other, " + via)))
                        .get())
                .isInstanceOfSatisfying(
                        Provision.Unavailable.class,
                        found -> assertThat(found.status()).isEqualTo(508));
        assertThat(asked(tile(5))).isZero();
    }

    @Test
    void whatCachesMustNotKeepIsNotKept() throws Exception {
        SurveyCache cache = open();
        origin.tell("/far/" + tile(5), LyingServer.answer(png(5), "Cache-Control: private, max-age=9"));
        assertUnavailable(cache, tile(5), 502);
    }
}
