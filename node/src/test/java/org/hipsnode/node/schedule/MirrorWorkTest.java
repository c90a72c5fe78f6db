package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.faults.SmallSurvey;
import org.hipsnode.mirror.pull.Mirror;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.plan.NodePlan;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.http.SurveyServer;
import org.hipsnode.store.KeptReleases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror whose earlier releases are kept, and a server with its origin. */
class MirrorWorkTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private SurveyServer origin;
    private NodeConfig config;
    private ScheduledMirror mirror;
    private MirrorWork work;

    @BeforeEach
    void begin() throws IOException {
        publish("2026-01-01T00:00Z", 1);
        origin = SurveyServer.start(NodeConfig.ofFolder(folder.resolve("there"))
                .with(Optional.empty(), Optional.of(0), Optional.empty(), Optional.empty(), Optional.empty())
                .settings());
        config = NodeConfig.read(Files.writeString(
                folder.resolve("node.yaml"),
                "data: here\nmirroring: {keep-releases: 2}\nmirrors: {small: {from: '" + address() + "'}}\n"));
        mirror = config.mirrors().all().get(0);
        work = new MirrorWork(config, "test", 2, Clock.systemUTC());
        Files.createDirectories(config.data());
    }

    @AfterEach
    void end() {
        origin.close();
    }

    private String address() {
        return "http://127.0.0.1:" + origin.port() + "/small";
    }

    /** Puts a release in its place by two renames; one tile of it is as the number says. */
    private void publish(String date, int number) throws IOException {
        Path survey = folder.resolve("there/small");
        Path next = folder.resolve("next");
        new SmallSurvey(next)
                .whole(date)
                .dated(date, "public master clonable")
                .write(SmallSurvey.TILE, SmallSurvey.picture(number))
                .listed(date);
        if (Files.exists(survey)) {
            Files.move(survey, folder.resolve("before-" + number));
        }
        Files.createDirectories(survey.resolveSibling("."));
        Files.move(next, survey);
    }

    private void publishAndWait(String date, int number) throws IOException {
        publish(date, number);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!served().contains(date) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(served()).contains(date);
    }

    private String served() throws IOException {
        try (var in = URI.create(address() + "/properties").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Run run() throws InterruptedException {
        return work.run(mirror, new Progress(System::nanoTime));
    }

    private String here() throws IOException {
        return Files.readString(mirror.folder().resolve("properties"));
    }

    @Test
    void aReleaseThatWasPutBackStaysUntilTheOriginHasAnother() throws Exception {
        Run first = run();
        assertThat(first.result()).as(first.message()).isEqualTo(Run.Result.PUBLISHED);
        assertThat(first.verified()).isTrue();
        publishAndWait("2026-02-01T00:00Z", 2);
        Run second = run();
        assertThat(second.result()).as(second.message()).isEqualTo(Run.Result.PUBLISHED);
        assertThat(second.verified()).as("what was kept was not read").isFalse();
        assertThat(Run.parse(texts(second)).map(Run::verified)).contains(false);
        assertThat(Run.parse(texts(first)).map(Run::verified)).contains(true);

        KeptReleases releases = KeptReleases.of(mirror.folder());
        assertThat(releases.all()).hasSize(1);
        KeptReleases.Kept before = releases.all().get(0);
        assertThat(Mirror.holdBack(mirror.folder(), before.folder())).isTrue();
        releases.putBack(before);
        NodePlan.Copy plan = work.plan(mirror);
        assertThat(plan.work()).as(plan.why()).map(NodePlan.Work::isNothing).contains(true);
        Run held = run();
        assertThat(held.result()).as(held.message()).isEqualTo(Run.Result.UNCHANGED);
        assertThat(held.message())
                .contains("an earlier release was put back here")
                .contains("2026-02-01");
        assertThat(here()).contains("2026-01-01");
        publishAndWait("2026-03-01T00:00Z", 3);
        assertThat(run().result()).isEqualTo(Run.Result.PUBLISHED);
        assertThat(here()).contains("2026-03-01");
        assertThat(releases.all()).hasSize(2);
        assertThat(planned().removals()).isEmpty();
        publishAndWait("2026-04-01T00:00Z", 4);
        assertThat(planned().removals())
                .as("told before the next run makes it so")
                .containsExactly(new NodePlan.Removal(
                        "small",
                        releases.beyond(1).get(0).number(),
                        "2 earlier releases are kept, and the one that is served becomes one"));
    }

    private NodePlan planned() throws IOException {
        Means means = new Means("test", "test", 1, address -> {
            throw new IOException("no survey is made here");
        });
        return NodePlanning.plan(config, means, new Progress(System::nanoTime));
    }

    private static Map<String, String> texts(Run run) {
        Map<String, String> texts = new TreeMap<>();
        run.values().forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    @Test
    void aRepairFetchesNoOtherReleaseAndKeepsNoDamage() throws Exception {
        run();
        publishAndWait("2026-02-01T00:00Z", 2);
        Path tile = mirror.folder().resolve("Norder1/Dir0/Npix5.png");
        byte[] good = Files.readAllBytes(tile);
        spoil(tile);
        spoil(mirror.folder().resolve(SmallSurvey.TILE));
        Audit audit = audit();
        assertThat(audit.result()).isEqualTo(Audit.Result.DAMAGED);
        assertThat(audit.message())
                .contains("the origin has another release by now")
                .contains(SmallSurvey.TILE);
        assertThat(tile).hasBinaryContent(good);
        assertThat(here()).contains("2026-01-01");
        assertThat(KeptReleases.of(mirror.folder()).all()).isEmpty();

        assertThat(run().result()).isEqualTo(Run.Result.PUBLISHED);
        assertThat(audit().result()).isEqualTo(Audit.Result.GOOD);
        spoil(tile);
        assertThat(audit().result()).isEqualTo(Audit.Result.REPAIRED);
        assertThat(tile).hasBinaryContent(good);
        assertThat(KeptReleases.of(mirror.folder()).all())
                .as("the release before, and not the damaged one")
                .hasSize(1);
    }

    /** In a file of its own: releases have files in common. */
    private static void spoil(Path file) throws IOException {
        Files.delete(file);
        Files.writeString(file, "spoilt");
    }

    private Audit audit() throws IOException, InterruptedException {
        List<Audit> audits =
                new AuditRound(config, "test", 2).run(true, new Progress(System::nanoTime), audit -> {}, message -> {});
        return audits.get(0);
    }
}
