package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.faults.SmallSurvey;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.demo.Rehearsal;
import org.hipsnode.node.plan.Means;
import org.hipsnode.node.plan.NodePlan;
import org.hipsnode.node.plan.PushStep;
import org.hipsnode.node.state.PastRun;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.progress.Progress;
import org.hipsnode.serve.access.CredentialFile;
import org.hipsnode.serve.access.SurveyPattern;
import org.hipsnode.serve.http.SurveyServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node with its server, and another one to which it pushes, both in this process. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class NodeWorkTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final Means MEANS = new Means("test", "test", 1, address -> {
        throw new IOException("'" + address + "' is far");
    });

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private Path file;
    private Path token;
    private SurveyServer partner;
    private Optional<NodeWork> work = Optional.empty();
    private Optional<SurveyServer> server = Optional.empty();

    @BeforeEach
    void begin() throws IOException {
        file = Files.createDirectories(folder.resolve("a/data")).resolveSibling("node.yaml");
        Path there = Files.createDirectories(folder.resolve("b/data")).resolveSibling("node.yaml");
        token = folder.resolve("a/token");
        Files.writeString(
                token,
                new CredentialFile(folder.resolve("b/credentials.yaml"))
                        .addToken("a", List.of(new SurveyPattern("*"))));
        Files.writeString(
                there,
                "data: data\nserver: {port: 0, credentials: credentials.yaml, receive: {a: {surveys: ['*'], quota: 1 GB}}}\n");
        partner = SurveyServer.start(NodeConfig.read(there).settings());
    }

    @AfterEach
    void end() {
        server.ifPresent(SurveyServer::close);
        work.ifPresent(NodeWork::close);
        partner.close();
    }

    private void declare(String... lines) throws IOException {
        Files.writeString(file, "data: data\nserver: {port: 0}\n" + String.join("\n", lines) + "\n");
    }

    private String pushes(String keys) {
        return "pushes: {'http://127.0.0.1:" + partner.port() + "': {credential-file: token, " + keys + "}}";
    }

    private void start() throws IOException {
        PrintStream out = new PrintStream(messages, true, StandardCharsets.UTF_8);
        NodeWork node = NodeWork.of(file, () -> NodeConfig.read(file), MEANS, out);
        work = Optional.of(node);
        server = Optional.of(SurveyServer.start(node.config().settings(), node));
        node.start(server.get());
    }

    /** Puts a release in its place by two renames. */
    private void publish(String path, String date, String status) throws IOException {
        Path survey = folder.resolve("a/data").resolve(path);
        Path next = folder.resolve("next");
        new SmallSurvey(next).whole(date).dated(date, status).listed(date);
        if (Files.exists(survey)) {
            Files.move(survey, folder.resolve("before-" + System.nanoTime()));
        }
        Files.createDirectories(survey.resolveSibling("."));
        Files.move(next, survey);
    }

    private String there(String path) throws IOException {
        Path properties = folder.resolve("b/data").resolve(path).resolve("properties");
        return Files.exists(properties) ? Files.readString(properties) : "";
    }

    private String page(String path) throws IOException {
        return page(server.orElseThrow(), path);
    }

    private static String page(SurveyServer of, String path) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + of.port() + "/" + path);
        try (var in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String said() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    private void waitUntil(String words, Callable<String> text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String found = text.call();
        while (!found.contains(words) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            found = text.call();
        }
        assertThat(found).as(said()).contains(words);
    }

    private List<NodePlan.Delivery> plan() throws IOException {
        return NodePlanning.plan(NodeConfig.read(file), MEANS, new Progress(System::nanoTime))
                .pushes();
    }

    @Test
    void aReleaseIsPushedAsSoonAsItIsServedAndAnOlderOneThatIsPutBackToo() throws Exception {
        publish("maps/small", "2026-01-01T00:00Z", "public master clonable");
        declare(pushes("every: 1 d"));
        assertThat(plan()).extracting(push -> push.step().action()).containsExactly(PushStep.Action.SEND);
        start();
        waitUntil("2026-01-01", () -> there("maps/small"));
        assertThat(there("maps/small")).contains("public mirror clonable");
        publish("maps/small", "2026-02-01T00:00Z", "public master clonable");
        waitUntil("2026-02-01", () -> there("maps/small"));
        publish("maps/small", "2026-01-01T00:00Z", "public master clonable");
        waitUntil("2026-01-01", () -> there("maps/small"));
        waitUntil("result=\"published\",survey=\"maps/small\"} 3", () -> page("metrics"));
        waitUntil("hipsnode_pushed_failing{", () -> page("metrics"));
        assertThat(plan()).extracting(push -> push.step().action()).containsExactly(PushStep.Action.NOTHING);
        assertThat(said().split("push of maps/small to ", -1)).hasSize(4);
    }

    @Test
    void onlyWhatAPartnerMayHaveIsSent() throws Exception {
        publish("open", "2026-01-01T00:00Z", "public master clonableOnce");
        publish("secret", "2026-01-01T00:00Z", "private master clonable");
        publish("named", "2026-01-01T00:00Z", "public master unclonable");
        publish("copy", "2026-01-01T00:00Z", "public mirror unclonable");
        publish("other", "2026-01-01T00:00Z", "public master clonable");
        declare(pushes("surveys: [o*, secret*, named, copy]"));
        start();
        waitUntil("push of copy to ", this::said);
        waitUntil("push of secret to ", this::said);
        waitUntil("2026-01-01", () -> there("open"));
        waitUntil("2026-01-01", () -> there("named"));
        waitUntil("2026-01-01", () -> there("other"));
        assertThat(there("secret")).isEmpty();
        assertThat(there("copy")).isEmpty();
        assertThat(said()).contains("left: it is private").contains("left: it is a copy itself");
    }

    @Test
    void aFailureIsToldOnceAndWhenItIsOver() throws Exception {
        publish("small", "2026-01-01T00:00Z", "public master clonable");
        String right = Files.readString(token);
        Files.writeString(token, "hipsnode_wrong");
        declare(pushes("every: 1 d"), onFailure());
        start();
        waitUntil("small failed push to http", () -> told());
        publish("small", "2026-02-01T00:00Z", "public master clonable"); // which fails likewise
        Files.writeString(token, right);
        publish("small", "2026-03-01T00:00Z", "public master clonable");
        waitUntil("2026-03-01", () -> there("small"));
        waitUntil("small recovered push to http", () -> told());
        assertThat(told().lines()).hasSize(2);
    }

    @Test
    void aPushWhoseHoursAreOverIsPausedAndTheNextOneGoesOn() throws Exception {
        publish("small", "2026-01-01T00:00Z", "public master clonable");
        declare(pushes("every: 1 d"));
        Parcel parcel = new Parcel(NodeConfig.read(file).mirrors().pushes().get(0), "small");
        PushWork pushing = new PushWork("test", Clock.systemUTC());
        Progress over = new Progress(System::nanoTime);
        over.cancel();
        assertThat(push(pushing, parcel, over)).isEqualTo(PushRun.Result.PAUSED);
        assertThat(there("small")).isEmpty();
        assertThat(push(pushing, parcel, new Progress(System::nanoTime))).isEqualTo(PushRun.Result.PUBLISHED);
    }

    private PushRun.Result push(PushWork pushing, Parcel parcel, Progress progress) throws InterruptedException {
        return pushing.run(parcel, folder.resolve("a/data").resolve(parcel.path()), Optional.empty(), progress)
                .result();
    }

    private String onFailure() throws IOException {
        Path script = Files.writeString(
                folder.resolve("tell"),
                "#!/bin/sh\necho \"$HIPSNODE_SURVEY $HIPSNODE_RESULT $HIPSNODE_MESSAGE\" >> " + folder.resolve("told")
                        + "\n");
        return "on-failure: [sh, " + script + "]";
    }

    private String told() throws IOException {
        Path told = folder.resolve("told");
        return Files.exists(told) ? Files.readString(told) : "";
    }

    @Test
    void aNewerReleaseThatIsNotFromHereStays() throws Exception {
        new SmallSurvey(Files.createDirectories(folder.resolve("b/data/small")))
                .whole("2026-03-01T00:00Z")
                .listed("2026-03-01T00:00Z");
        waitUntil("2026-03-01", () -> page(partner, "hipslist"));
        publish("small", "2026-01-01T00:00Z", "public master clonable");
        declare(pushes("every: 1 d"));
        start();
        waitUntil("refused: a newer release is there", this::said);
        assertThat(there("small")).contains("2026-03-01");
        assertThat(plan()).extracting(push -> push.step().action()).containsExactly(PushStep.Action.REFUSE);
    }

    @Test
    void aSurveyThatCannotBeMadeAsItIsDeclaredIsToldOfAndNoted() throws Exception {
        Rehearsal.nested(folder, 4);
        Path definition = Files.writeString(folder.resolve("a/sky.yaml"), "id: nothing\n");
        declare("surveys: {sky: {definition: sky.yaml}}", onFailure());
        start();
        waitUntil("sky refused ", this::told);
        String right = "id: ivo://hipsnode.test/P/sky\nsource: {map: ../nested.fits}\ntiles: {formats: [png]}\n";
        Files.writeString(definition, right);
        waitUntil("sky recovered ", this::told);
        Files.writeString(definition, "id: nothing\n");
        waitUntil("sky refused ", () -> told().replaceFirst("sky refused ", ""));
        Files.writeString(definition, right);
        waitUntil("sky recovered ", () -> told().replaceFirst("sky recovered ", ""));
        assertThat(told().lines()).hasSize(4);
        try (StateStore state = StateStore.read(folder.resolve("a/data")).orElseThrow()) {
            assertThat(state.runs(StateStore.MAKE))
                    .extracting(PastRun::result)
                    .containsExactly("refused", "published", "refused", "unchanged");
        }
    }

    @Test
    void whatTheNodeIsCalledAndWhatItCachesIsTakenUpWhileItRuns() throws Exception {
        new SmallSurvey(Files.createDirectories(folder.resolve("b/data/far")))
                .whole("2026-01-01T00:00Z")
                .listed("2026-01-01T00:00Z");
        declare("title: The first name");
        start();
        assertThat(page("")).contains("The first name");
        publish("small", "2026-01-01T00:00Z", "public master clonable");
        waitUntil("/small", () -> page("hipslist"));
        assertThat(page("hipslist")).contains("http://127.0.0.1:");
        declare(
                "title: The second name",
                "base-url: https://hips.example",
                "cached: {far: {origin: 'http://127.0.0.1:" + partner.port()
                        + "/far', quota: 1 GB, allow-private: true}}");
        waitUntil("is taken up", this::said);
        assertThat(page("")).contains("The second name").doesNotContain("The first name");
        waitUntil("https://hips.example/small", () -> page("hipslist"));
        waitUntil("2026-01-01", () -> page("api/surveys"));
        waitUntil("https://hips.example/far", () -> page("hipslist"));
        assertThat(said()).doesNotContain("needs a new start");
        Files.writeString(file, "data: data\nserver: {port: 8080}\n");
        waitUntil("what is below server is another, and that needs a new start", this::said);
        waitUntil("HiPS node", () -> page(""));
        assertThat(page("")).doesNotContain("The second name");
    }
}
