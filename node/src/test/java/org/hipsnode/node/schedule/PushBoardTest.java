package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hipsnode.HandClock;
import org.hipsnode.node.config.NodeConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushBoardTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Instant NIGHT = NOON.plus(Duration.ofHours(10));
    private static final Instant MORNING = NOON.plus(Duration.ofHours(18));

    @TempDir
    private Path folder;

    private final HandClock time = new HandClock(NOON);
    private PushBoard board;

    @BeforeEach
    void begin() throws IOException {
        Path file = Files.writeString(
                folder.resolve("node.yaml"),
                "data: x\npushes:\n  https://one.example: {credential-file: t, every: 1 h, hours: '22:00-06:00'}\n");
        board = new PushBoard(NodeConfig.read(file).mirrors().pushes(), List.of(), time, () -> 0.5);
        board.served(List.of("a", "b"));
    }

    private PushRun run(Parcel parcel, PushRun.Result result) {
        Instant now = time.instant();
        return new PushRun(
                parcel.path(), parcel.address().toString(), now, now, result, "because", Optional.empty(), 0, 0);
    }

    private Parcel begin(Instant at) {
        time.set(at);
        return board.take().orElseThrow();
    }

    @Test
    void whatIsPublishedWaitsForTheHours() {
        board.published("a");
        assertThat(board.take()).isEmpty();
        assertThat(begin(NIGHT).path()).isEqualTo("a");
        assertThat(board.take()).as("one push at a time goes to a node").isEmpty();
    }

    @Test
    void aPushThatOutlastsItsHoursGoesOnInTheNext() {
        Parcel first = begin(NIGHT);
        assertThat(board.over()).isEmpty();
        time.set(MORNING);
        assertThat(board.over()).containsExactly(first);
        board.done(first, run(first, PushRun.Result.PAUSED));
        assertThat(board.over()).isEmpty();
        assertThat(board.take()).isEmpty();
        Parcel other = begin(NIGHT.plus(Duration.ofDays(1)));
        board.done(other, run(other, PushRun.Result.PUBLISHED));
        assertThat(board.take()).contains(first);
    }

    @Test
    void aPauseIsNoRecovery() {
        Parcel first = begin(NIGHT);
        board.done(first, run(first, PushRun.Result.FAILED));
        assertThat(board.state(first).failing()).contains(NIGHT);
        Parcel again = begin(NIGHT.plus(Duration.ofHours(2)));
        board.done(again, run(again, PushRun.Result.UNCHANGED));
        assertThat(begin(NIGHT.plus(Duration.ofHours(3)))).isEqualTo(first);
        board.done(first, run(first, PushRun.Result.PAUSED));
        assertThat(board.state(first).failing()).contains(NIGHT);
    }
}
