package org.hipsnode.mirror.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hipsnode.faults.LyingServer;
import org.hipsnode.faults.LyingServer.Lie;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.mirror.transfer.Backoff;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.Download;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFetchTest {
    private static final String SKY = "a sky of thirty and some bytes, told in ASCII";
    private static final Backoff SHORT =
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(50));

    @TempDir
    private Path folder;

    private LyingServer server;
    private Path definitions;

    @BeforeEach
    void start() throws IOException {
        server = LyingServer.start();
        definitions = Files.createDirectory(folder.resolve("definitions"));
        Files.createDirectory(folder.resolve("cache"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Download download(String name, String... urls) {
        List<WebAddress> addresses = new ArrayList<>();
        for (String url : urls) {
            addresses.add(WebAddress.parse(url).orElseThrow());
        }
        return new Download(addresses, folder.resolve("cache").resolve(name).resolve(name));
    }

    private void require(OptionalLong quota, boolean online, Download... downloads) throws IOException {
        try (SourceFetch fetch = new SourceFetch(
                new SourceCache(folder.resolve("cache"), quota),
                new HttpFiles("test"),
                new Progress(System::nanoTime),
                SHORT)) {
            for (Download download : downloads) {
                fetch.require(download, new PinFile(definitions), online);
            }
        }
    }

    private void require(Download... downloads) throws IOException {
        require(OptionalLong.empty(), true, downloads);
    }

    private static void assertHere(Download download) throws IOException {
        assertThat(download.place()).hasContent(SKY);
    }

    /** A server that breaks the connection after some bytes of each answer, and gives ranges of its version. */
    private static LyingServer cutting(int bytes, String etag) throws IOException {
        return LyingServer.choosing(request -> {
            Matcher range = Pattern.compile("(?i)range: bytes=(\\d+)-").matcher(request.head());
            int from = range.find() ? Integer.parseInt(range.group(1)) : 0;
            String status = from == 0
                    ? "200 OK\r\n"
                    : "206 Partial\r\nContent-Range: bytes " + from + "-" + (SKY.length() - 1) + "/" + SKY.length()
                            + "\r\n";
            String rest = SKY.substring(from, Math.min(SKY.length(), from + bytes));
            return LyingServer.text("HTTP/1.1 " + status + etag + "Connection: close\r\nContent-Length: "
                    + (SKY.length() - from) + "\r\n\r\n" + rest);
        });
    }

    @Test
    void fileIsFetchedOncePinnedAndThenUsedWithoutNetwork() throws IOException {
        Download sky = download("sky.fits", server.url("/sky.fits"));
        server.tell("/sky.fits", LyingServer.answer(200, SKY));
        require(sky);
        assertHere(sky);
        assertThat(Files.readString(definitions.resolve(PinFile.NAME)))
                .contains(" " + SKY.length() + " " + server.url("/sky.fits"));
        server.goAway();
        require(OptionalLong.empty(), false, sky);
        Files.delete(definitions.resolve(PinFile.NAME));
        require(sky);
        assertThat(definitions.resolve(PinFile.NAME)).exists();
    }

    @Test
    void filesOfOneFolderAreFetchedAndPinnedEach() throws IOException {
        Download label = download("x.lbl", server.url("/x.lbl"));
        Download data = new Download(
                download("x.img", server.url("/x.img")).addresses(),
                label.place().resolveSibling("x.img"));
        server.tell("/x.lbl", LyingServer.answer(200, "a label"));
        server.tell("/x.img", LyingServer.answer(200, SKY));
        require(label, data, label);
        assertThat(label.place()).hasContent("a label");
        assertHere(data);
        assertThat(Files.readString(definitions.resolve(PinFile.NAME))).contains("/x.lbl\n", "/x.img\n");
        server.goAway();
        require(OptionalLong.empty(), false, label, data);
    }

    @Test
    void cutConnectionsAreGoneOnWithWhereTheVersionIsTold() throws IOException {
        try (LyingServer cut = cutting(10, "ETag: \"v1\"\r\n")) {
            Download sky = download("sky.fits", cut.url("/sky.fits"));
            require(sky);
            assertHere(sky);
            assertThat(cut.requests()).hasSize(5);
            assertThat(cut.requests().get(1).toLowerCase(Locale.ROOT))
                    .contains("range: bytes=10-")
                    .contains("if-range: \"v1\"");
        }
    }

    @Test
    void aServerThatBringsNothingMoreIsGivenUp() throws IOException {
        try (LyingServer cut = cutting(10, "")) {
            Download sky = download("sky.fits", cut.url("/sky.fits"));
            assertThatThrownBy(() -> require(sky))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("sky.fits");
            assertThat(sky.place()).doesNotExist();
            assertThat(cut.requests()).hasSizeLessThanOrEqualTo(6);
        }
    }

    @Test
    void anotherVersionMeanwhileIsTakenWhole() throws IOException {
        String old = "HTTP/1.1 200 OK\r\nETag: \"old\"\r\nContent-Length: 99\r\n\r\nold bytes";
        Lie now = LyingServer.answer(200, SKY, "ETag: \"new\"");
        try (LyingServer changing = LyingServer.telling(LyingServer.text(old), now)) {
            Download sky = download("sky.fits", changing.url("/sky.fits"));
            require(sky);
            assertHere(sky);
        }
    }

    @Test
    void overloadedServerIsAskedAgainAndMirrorsHelp() throws IOException {
        Lie busy = LyingServer.answer(503, "later", "Retry-After: 0");
        try (LyingServer first = LyingServer.telling(busy, busy, LyingServer.answer(200, SKY))) {
            Download sky = download("sky.fits", first.url("/sky.fits"));
            require(sky);
            assertHere(sky);
        }
        server.tell("/mirror.fits", LyingServer.answer(200, SKY));
        Download mirrored = download("m.fits", server.url("/gone.fits"), server.url("/mirror.fits"));
        require(mirrored);
        assertHere(mirrored);
    }

    @Test
    void otherBytesThanPinnedAreRefusedWithWhatToDo() throws IOException {
        Download sky = download("sky.fits", server.url("/sky.fits"));
        server.tell("/sky.fits", LyingServer.answer(200, SKY));
        require(sky);
        Files.delete(sky.place());
        server.tell("/sky.fits", LyingServer.answer(200, SKY + "."));
        assertThatThrownBy(() -> require(sky))
                .hasMessageContaining("expected sha256")
                .hasMessageContaining((SKY.length() + 1) + " bytes")
                .hasMessageContaining("remove the file's line from");
        server.tell("/sky.fits", LyingServer.answer(200, SKY.toUpperCase(Locale.ROOT)));
        assertThatThrownBy(() -> require(sky)).hasMessageContaining("found sha256");
        assertThat(sky.place()).doesNotExist();
        server.tell("/sky.fits", LyingServer.answer(200, SKY));
        require(sky);
        assertHere(sky);
    }

    @Test
    void aFileThatWasDamagedHereIsFetchedAgain() throws IOException {
        Download sky = download("sky.fits", server.url("/sky.fits"));
        server.tell("/sky.fits", LyingServer.answer(200, SKY));
        require(sky);
        Files.writeString(sky.place(), "damaged", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> require(OptionalLong.empty(), false, sky)).hasMessageContaining("without --offline");
        require(sky);
        assertHere(sky);
    }

    @Test
    void fullCacheThrowsAwayWhatIsNotUsedAndElseSaysSo() throws IOException {
        Download one = download("one.fits", server.url("/one.fits"));
        Download two = download("two.fits", server.url("/two.fits"));
        String large = "x".repeat(5000);
        server.tell("/one.fits", LyingServer.answer(200, large));
        server.tell("/two.fits", LyingServer.answer(200, large));
        OptionalLong quota = OptionalLong.of(8000);
        require(quota, true, one);
        assertThatThrownBy(() -> require(quota, true, one, two))
                .hasMessageContaining("--cache-size")
                .hasMessageContaining("5000 bytes");
        assertThat(one.place()).exists();
        require(quota, true, two);
        assertThat(one.place()).doesNotExist();
        assertThat(two.place()).exists();
    }

    @Test
    void lockFileThatSaysOtherThingsIsNamedWithItsLine() throws IOException {
        Files.writeString(definitions.resolve(PinFile.NAME), "# head\nnot a pin\n");
        Download sky = download("sky.fits", server.url("/sky.fits"));
        assertThatThrownBy(() -> require(sky)).hasMessageContaining("line 2").hasMessageContaining("sha256");
    }
}
