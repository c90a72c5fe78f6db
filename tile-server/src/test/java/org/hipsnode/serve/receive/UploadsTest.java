package org.hipsnode.serve.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.hipsnode.arrival.Incoming;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.manifest.SurveyFiles;
import org.hipsnode.serve.access.SurveyPattern;
import org.hipsnode.serve.snapshot.SurveyWatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final byte[] LIST = bytes("creator_did = ivo://t/P/x");
    private static final String STAGED = "planck/.x.hipsnode/release/properties";

    @TempDir
    private Path folder;

    private Path data;
    private ManifestRoot root;
    private Instant now = Instant.now();
    private long nanos;

    @BeforeEach
    void make() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        root = SurveyFiles.publish(Map.of("properties", LIST, "notes.txt", new byte[100]), folder.resolve("ours"));
    }

    private Uploads node(long quota) throws IOException {
        ReceiveRule rule = new ReceiveRule(
                "idoc", List.of(new SurveyPattern("planck/*")), quota, ReceiveRule.USUAL_KEEPING, false);
        ReceiveRule other =
                new ReceiveRule("cds", List.of(new SurveyPattern("planck/*")), quota, ReceiveRule.USUAL_KEEPING, false);
        SurveyWatch watch = new SurveyWatch(data);
        watch.look();
        return new Uploads(data, watch, new ReceiveSettings(List.of(rule, other)), ended -> {}, () -> nanos, () -> now);
    }

    /** Sends one of two files. */
    private void sendPart(Uploads uploads, String path) throws IOException {
        assertThat(uploads.begin(path, "idoc", root.toBytes()).status()).isEqualTo(201);
        assertThat(uploads.wanted(path, root.digest()).text()).contains("properties", "notes.txt");
        try (Incoming file = uploads.find(path, root.digest())
                .orElseThrow()
                .take("properties")
                .orElseThrow()) {
            file.write(LIST);
            file.finish();
        }
    }

    @Test
    void whatANodeHadOpenWhenItWasStoppedIsKeptForAWhileAndThenRemoved() throws IOException {
        try (Uploads uploads = node(1000)) {
            sendPart(uploads, "planck/x");
        }
        try (Uploads uploads = node(1000)) {
            now = now.plus(Duration.ofDays(6));
            uploads.expire();
            assertThat(data.resolve(STAGED)).exists();
            now = now.plus(Duration.ofDays(2));
            uploads.expire();
            assertThat(data.resolve("planck/.x.hipsnode")).doesNotExist();
        }
    }

    @Test
    void anUploadThatRestsIsPutAsideAndGoneOnWith() throws IOException {
        try (Uploads uploads = node(1000)) {
            sendPart(uploads, "planck/x");
            nanos += Duration.ofMinutes(61).toNanos();
            uploads.expire();
            assertThat(uploads.find("planck/x", root.digest())).isEmpty();
            assertThat(uploads.begin("planck/x", "idoc", root.toBytes()).status())
                    .isEqualTo(201);
            assertThat(uploads.wanted("planck/x", root.digest()).text()).isEqualTo("notes.txt\n");
        }
    }

    @Test
    void anUploadGivesWayToANewerReleaseOfItsPartnerAtOnceAndToOthersWhenItIsLeftAlone() throws IOException {
        ManifestRoot newer = SurveyFiles.publish(Map.of("properties", LIST), folder.resolve("newer"));
        try (Uploads uploads = node(1_000_000)) {
            sendPart(uploads, "planck/x");
            assertThat(uploads.begin("planck/x", "cds", newer.toBytes()).status())
                    .isEqualTo(409);
            assertThat(uploads.find("planck/x", root.digest())).isPresent();
            assertThat(uploads.begin("planck/x", "idoc", newer.toBytes()).status())
                    .isEqualTo(201);
            assertThat(uploads.find("planck/x", root.digest())).isEmpty();
            assertThat(data.resolve(STAGED)).doesNotExist();
            nanos += Duration.ofSeconds(91).toNanos();
            assertThat(uploads.begin("planck/x", "cds", root.toBytes()).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatIsUnfinishedCountsForTheQuota() throws IOException {
        long quota = 2 * root.totalBytes() - 1;
        try (Uploads uploads = node(quota)) {
            sendPart(uploads, "planck/x");
        }
        try (Uploads uploads = node(quota)) {
            Reply refused = uploads.begin("planck/y", "idoc", root.toBytes());
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.text()).contains("over quota: expected " + (root.totalBytes() - 1) + " bytes at most");
            assertThat(uploads.begin("planck/x", "idoc", root.toBytes()).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aPartnerHasOnlySoManyUnfinished() throws IOException {
        try (Uploads uploads = node(1_000_000)) {
            for (int i = 0; i < 8; i++) {
                sendPart(uploads, "planck/x" + i);
            }
            Reply refused = uploads.begin("planck/more", "idoc", root.toBytes());
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.text()).contains("too many surveys", "planck/x0, planck/x1");
        }
    }

    @Test
    void whenTheDiskIsFullThePartnerIsToldWhatIsMissing() throws IOException {
        try (Uploads uploads = node(1000)) {
            sendPart(uploads, "planck/x");
            Reply reply = uploads.noSpace(new PushRequest.Put("planck/x", root.digest(), "notes.txt"));
            assertThat(reply.status()).isEqualTo(507);
            assertThat(reply.text()).contains("at most 100 bytes are still to come, ", " are free; ");
        }
        assertThat(Uploads.noSpace("at most 100 bytes are still to come", OptionalLong.empty()))
                .contains("still to come; the release before stays")
                .doesNotContain("free");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aMasterIsNotReplacedByItsCopyAndACopyIs() throws IOException {
        String master = "creator_did = " + root.head().creatorDid().orElseThrow();
        String copy = master + "\nhips_status = public mirror clonable";
        SurveyFiles.publish(Map.of("properties", bytes(master)), data.resolve("planck/x"));
        SurveyFiles.publish(Map.of("properties", bytes(copy)), data.resolve("planck/copy"));
        try (Uploads uploads = node(1000)) {
            Reply refused = uploads.begin("planck/x", "idoc", root.toBytes());
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("master");
            assertThat(uploads.begin("planck/copy", "idoc", root.toBytes()).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void whatOthersMakeThereIsLeftAlone() throws IOException {
        Path made = Files.createDirectories(data.resolve("planck/.made.hipsnode/release"));
        Files.writeString(made.resolveSibling("journal"), "hipsnode-journal 1 " + "0".repeat(64) + "\n");
        SurveyFiles.publish(Map.of("properties", LIST), made);
        try (Uploads uploads = node(1000)) {
            now = now.plus(Duration.ofDays(99));
            uploads.expire();
        }
        assertThat(made.resolve("properties")).exists();
    }
}
