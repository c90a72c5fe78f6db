package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.SurveyFiles;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.audit.AuditReport;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.http.SurveyServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A survey that was made here, and a copy of it on a server. */
class AuditRoundTest {
    private static final String TILE = "Norder3/Dir0/Npix5.png";

    @TempDir
    private Path folder;

    private Path survey;

    @BeforeEach
    void publish() throws IOException {
        survey = folder.resolve("here/x");
        SurveyFiles.publish(files("public master clonable"), survey);
        SurveyFiles.publish(files("public mirror clonable"), folder.resolve("there/x"));
    }

    private static Map<String, byte[]> files(String status) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            files.put("Norder3/Dir0/Npix" + i + ".png", ("tile " + i).getBytes(StandardCharsets.UTF_8));
        }
        files.put("preview.jpg", new byte[1000]);
        String properties = "creator_did = ivo://test/P/x\nhips_status = " + status + "\nhips_order = 3\n"
                + "hips_tile_format = png\n";
        files.put("properties", properties.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private List<Audit> audit(boolean repairs) throws IOException, InterruptedException {
        try (SurveyServer server = SurveyServer.start(NodeConfig.ofFolder(folder.resolve("there"))
                .with(Optional.empty(), Optional.of(0), Optional.empty(), Optional.empty(), Optional.empty())
                .settings())) {
            Path file = Files.writeString(
                    folder.resolve("node.yaml"),
                    "data: here\nrepair-from: {x: 'http://127.0.0.1:" + server.port() + "/x'}\n");
            return new AuditRound(NodeConfig.read(file), "test", 2)
                    .run(repairs, new Progress(System::nanoTime), audit -> {}, message -> {});
        }
    }

    private Path shard() throws IOException {
        try (Stream<Path> files = Files.walk(survey)) {
            return files.filter(file -> file.toString().endsWith(".shard"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void spoil() throws IOException {
        Files.writeString(survey.resolve(TILE), "spoilt");
        Files.delete(survey.resolve("preview.jpg"));
        byte[] shard = Files.readAllBytes(shard());
        shard[shard.length - 1] ^= 1;
        Files.write(shard(), shard);
    }

    @Test
    void whatIsDamagedComesFromTheCopyAndNothingElse() throws Exception {
        byte[] root = Files.readAllBytes(survey.resolve(ManifestName.ROOT));
        spoil();
        Files.createLink(folder.resolve("good"), survey.resolve("Norder3/Dir0/Npix7.png"));
        Audit found = audit(false).get(0);
        assertThat(found.result()).isEqualTo(Audit.Result.DAMAGED);
        assertThat(Files.readString(survey.resolve(TILE))).isEqualTo("spoilt");
        assertThat(folder.resolve("here/.history")).doesNotExist();

        Audit repaired = audit(true).get(0);
        assertThat(repaired.result()).as(repaired.line()).isEqualTo(Audit.Result.REPAIRED);
        assertThat(repaired.counts().repaired()).isEqualTo(repaired.counts().bad());
        assertThat(Files.readString(survey.resolve(TILE))).isEqualTo("tile 5");
        assertThat(survey.resolve(ManifestName.ROOT)).hasBinaryContent(root);
        assertThat(Files.isSameFile(survey.resolve("Norder3/Dir0/Npix7.png"), folder.resolve("good")))
                .isTrue();
        assertThat(audit(true).get(0).result()).isEqualTo(Audit.Result.GOOD);
        try (StateStore state = StateStore.open(folder.resolve("here"))) {
            assertThat(state.runs(StateStore.AUDIT)).hasSize(2);
            assertThat(state.lastVerifications().values())
                    .singleElement()
                    .satisfies(last -> assertThat(last.good()).isTrue());
        }
    }

    @Test
    void whatTheCopyHasOtherwiseStaysAndIsTold() throws Exception {
        spoil();
        Files.writeString(survey.resolve("properties"), "spoilt");
        Files.writeString(survey.resolve("mine"), "added");
        Audit audit = audit(true).get(0);
        assertThat(audit.result()).isEqualTo(Audit.Result.DAMAGED);
        assertThat(audit.counts().bad() - audit.counts().repaired()).isEqualTo(2);
        assertThat(audit.message()).contains("but not: properties").contains("what was added is left to you");
        assertThat(Files.readString(survey.resolve("properties"))).isEqualTo("spoilt");
        assertThat(Files.readString(survey.resolve("mine"))).isEqualTo("added");
        assertThat(Files.readString(survey.resolve(TILE))).isEqualTo("tile 5");
    }

    @Test
    void whereTheCopyIsAwayAllStaysAsItIs() throws Exception {
        spoil();
        Path file = Files.writeString(
                folder.resolve("node.yaml"), "data: here\nrepair-from: {x: 'http://127.0.0.1:9/x'}\n");
        Audit audit = new AuditRound(NodeConfig.read(file), "test", 2)
                .run(true, new Progress(System::nanoTime), a -> {}, message -> {})
                .get(0);
        assertThat(audit.result()).isEqualTo(Audit.Result.DAMAGED);
        assertThat(audit.message()).contains("could not be repaired");
        assertThat(Files.readString(survey.resolve(TILE))).isEqualTo("spoilt");
        assertThat(folder.resolve("here/.x.hipsnode")).doesNotExist();
    }

    @Test
    void aReportTellsPeopleAndPrograms() throws Exception {
        spoil();
        Instant time = Instant.parse("2026-11-28T12:00:00Z");
        AuditReport report =
                new AuditReport("A node", Optional.of("https://node.example"), "hipsnode/1", time, time, audit(true));
        String text = new String(report.text(), StandardCharsets.UTF_8);
        assertThat(text)
                .startsWith("Fixity audit of A node (https://node.example)\nfrom 2026-11-28T12:00:00Z")
                .contains("\nx\n  id         ivo://test/P/x\n")
                .contains("    missing  preview.jpg: missing: expected 1000 bytes\n")
                .endsWith("1 survey: 1 repaired\n");
        assertThat(new String(report.json(), StandardCharsets.UTF_8))
                .contains("\"format\" : \"hipsnode-audit\"")
                .contains("\"damaged\" : 1")
                .contains("3 files came from")
                .contains("\"file\" : \"preview.jpg\"");
    }
}
