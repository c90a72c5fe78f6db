package org.hipsnode.node.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path data;

    @Test
    void whatWasNotedIsThereAfterANewStart() throws IOException {
        try (StateStore state = StateStore.open(data)) {
            long run = state.begin(StateStore.MAKE, "planck/co", NOON);
            assertThat(state.lastRun(StateStore.MAKE, "planck/co").orElseThrow().result())
                    .isEqualTo(PastRun.RUNNING);
            state.end(run, NOON.plusSeconds(7), "published", "it's \"done\"", Map.of("size", "12", "files", 3));
            state.add(StateStore.PUSH, "dust", Map.of("end", NOON.toString(), "result", "defective"));
        }
        try (StateStore state = StateStore.open(data)) {
            PastRun run =
                    state.lastRun(StateStore.MAKE, "planck/co", "published").orElseThrow();
            assertThat(run.began()).contains(NOON);
            assertThat(run.length().orElseThrow()).hasSeconds(7);
            assertThat(run.message()).isEqualTo("it's \"done\"");
            assertThat(run.text("size")).contains("12");
            assertThat(state.lastRun(StateStore.MAKE, "planck")).isEmpty();
            assertThat(state.lastRun(StateStore.MAKE, "planck/co", "failed")).isEmpty();
            assertThat(state.newestRuns(9)).extracting(PastRun::survey).containsExactly("dust", "planck/co");
            assertThat(state.runs(StateStore.PUSH).get(0).began()).isEmpty();
        }
    }

    @Test
    void aRunOfWhichNobodyToldTheEndWasKilled() throws IOException {
        try (StateStore state = StateStore.open(data)) {
            state.begin(StateStore.MAKE, "a", NOON);
        }
        try (StateStore state = StateStore.open(data)) {
            state.endKilled();
            PastRun run = state.lastRun(StateStore.MAKE, "a").orElseThrow();
            assertThat(run.result()).isEqualTo(PastRun.KILLED);
            assertThat(run.ended()).isEmpty();
        }
    }

    @Test
    void whatASurveyWasLastMadeFromOutlivesAnyNumberOfLooks() throws IOException {
        int most = 50_000;
        try (StateStore state = StateStore.open(data)) {
            state.add(StateStore.MAKE, "map", Map.of("result", "published", "message", "older"));
            state.add(StateStore.MAKE, "map", Map.of("result", "published", "message", "last"));
            state.addAll(Collections.nCopies(
                    most + 100, new StateStore.Noted(StateStore.MIRROR, "copy", Map.of("result", "unchanged"), "{}")));
        }
        try (StateStore state = StateStore.open(data)) {
            state.add(StateStore.MIRROR, "copy", Map.of("result", "unchanged"));
            assertThat(state.runs(StateStore.MAKE)).extracting(PastRun::message).containsExactly("last");
            assertThat(state.runs(StateStore.MIRROR)).hasSize(most);
        }
    }

    @Test
    void aReleaseIsNotedOnceUntilAnotherIsServed() throws IOException {
        try (StateStore state = StateStore.open(data)) {
            PastRelease first = new PastRelease("a", "11", "2026", 3, 30, NOON);
            PastRelease second = new PastRelease("a", "22", "2026", 4, 40, NOON.plusSeconds(1));
            assertThat(state.released(first)).isTrue();
            assertThat(state.released(first)).isFalse();
            assertThat(state.released(second)).isTrue();
            assertThat(state.released(first)).isTrue();
            assertThat(state.releases("a", 9)).containsExactly(first, second, first);
            assertThat(state.releases("a", 1)).containsExactly(first);
            assertThat(state.surveys()).containsExactly("a");
        }
    }

    @Test
    void theLastVerificationCounts() throws IOException {
        try (StateStore state = StateStore.open(data)) {
            state.verified(new Verification("a", "11", NOON, true, "all"));
            Verification damage = new Verification("a", "11", NOON.plusSeconds(1), false, "one tile");
            state.verified(damage);
            assertThat(state.lastVerifications()).containsOnly(Map.entry("a", damage));
        }
    }

    @Test
    void linesOfEarlierVersionsAreTakenOverOnce() throws IOException {
        Path folder = Files.createDirectories(StateStore.folder(data));
        String line = "{\"mirror\":\"a\",\"from\":\"https://far.example/a\",\"start\":\"2026-11-28T11:00:00Z\","
                + "\"end\":\"2026-11-28T11:00:05Z\",\"result\":\"%s\",\"message\":\"m\",\"bytes\":7}\n";
        Files.writeString(folder.resolve("mirrors.jsonl.1"), line.formatted("published"));
        Files.writeString(folder.resolve("mirrors.jsonl"), line.formatted("failed") + "{\"mirror\":\"a\",\"res");
        Files.writeString(folder.resolve("pushes.jsonl"), "{\"survey\":\"b\",\"result\":\"published\"}\n");
        for (int start = 0; start < 2; start++) {
            try (StateStore state = StateStore.open(data)) {
                List<PastRun> mirrors = state.runs(StateStore.MIRROR);
                assertThat(mirrors).extracting(PastRun::result).containsExactly("published", "failed");
                assertThat(mirrors.get(0).text("from")).contains("https://far.example/a");
                assertThat(mirrors.get(0).length().orElseThrow()).hasSeconds(5);
                assertThat(state.lastRun(StateStore.PUSH, "b")).isPresent();
            }
        }
        assertThat(folder.resolve("mirrors.jsonl")).doesNotExist();
        assertThat(folder.resolve("mirrors.jsonl.1")).doesNotExist();
    }

    @Test
    void readersNeedNoLeaveToWriteAndSeeWhatIsWrittenMeanwhile() throws IOException {
        assertThat(StateStore.read(data)).isEmpty();
        try (StateStore writer = StateStore.open(data);
                StateStore reader = StateStore.read(data).orElseThrow()) {
            writer.begin(StateStore.MAKE, "a", NOON);
            assertThat(reader.newestRuns(1)).hasSize(1);
            assertThatThrownBy(() -> reader.begin(StateStore.MAKE, "b", NOON))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("node.db");
        }
    }

    @Test
    void aStateOfALaterVersionOrNoneAtAllIsRefused() throws IOException, SQLException {
        StateStore.open(data).close();
        Path file = StateStore.folder(data).resolve("node.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> StateStore.open(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found 99");
        Files.writeString(file, "this is no database, and long enough to be taken for none");
        assertThatThrownBy(() -> StateStore.open(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("put it aside");
    }

    @Test
    void oneNodeAtATimeKeepsADataFolder() throws IOException {
        assertThat(NodeLock.isHeld(data)).isFalse();
        try (NodeLock lock = NodeLock.take(data)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> NodeLock.take(data)).hasMessageContaining("a node that keeps it");
        }
        NodeLock.take(data).close();
        assertThat(NodeLock.isHeld(data)).isFalse();
    }
}
