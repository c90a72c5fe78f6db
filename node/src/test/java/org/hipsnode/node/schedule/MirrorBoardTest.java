package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hipsnode.HandClock;
import org.hipsnode.node.config.Mirrors;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.hipsnode.node.state.StateStore;
import org.hipsnode.serve.partner.KeptCopy.Health;
import org.hipsnode.serve.partner.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorBoardTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path folder;

    private final HandClock time = new HandClock(START);

    private Mirrors mirrors() throws IOException {
        Path file = Files.writeString(
                folder.resolve("node.yaml"),
                "data: x\nmirrors:\n  a: {from: 'https://one.example/x/a', every: 1 h, stale-after: 5 h, notified-by: one}\n");
        return NodeConfig.read(file).mirrors();
    }

    private Run run(ScheduledMirror mirror, Run.Result result) {
        return Run.broken(mirror, new Run.Span(time.instant().minusSeconds(60), time.instant()), result, "because");
    }

    private static MirrorState.Counts counts(MirrorBoard board, ScheduledMirror mirror) {
        return Optional.ofNullable(board.states().get(mirror)).orElseThrow().counts();
    }

    private static List<String> words(MirrorBoard board) {
        return board.turns().stream().map(MirrorBoard.Turn::word).toList();
    }

    @Test
    void failureAndStalenessAreToldOnceEach() throws IOException {
        Mirrors mirrors = mirrors();
        ScheduledMirror only = mirrors.all().get(0);
        MirrorBoard board = new MirrorBoard(mirrors, List.of(), time);
        assertThat(board.copies().get(0).health()).isEqualTo(Health.NEW);
        board.done(only, run(only, Run.Result.UNCHANGED));
        assertThat(board.turns())
                .extracting(MirrorBoard.Turn::before, MirrorBoard.Turn::now)
                .containsExactly(tuple(Health.NEW, Health.OK));
        time.set(START.plus(Duration.ofHours(1)));
        board.done(only, run(only, Run.Result.INCOMPLETE));
        assertThat(words(board)).containsExactly("incomplete");
        board.done(only, run(only, Run.Result.FAILED));
        assertThat(words(board)).isEmpty();
        assertThat(board.copies().get(0).times().failing()).contains(START.plus(Duration.ofHours(1)));
        time.set(START.plus(Duration.ofHours(5)));
        assertThat(words(board)).containsExactly("stale");
        assertThat(words(board)).isEmpty();
        board.done(only, run(only, Run.Result.PUBLISHED));
        assertThat(words(board)).containsExactly("recovered");
        assertThat(board.copies().get(0).times().failing()).isEmpty();
        assertThat(board.copies().get(0).times().published()).contains(time.instant());
        assertThat(board.copies().get(0).times().verified())
                .as("nothing tells that all bytes came")
                .isEmpty();
        assertThat(counts(board, only).runs()).containsEntry(Run.Result.FAILED, 1L);
    }

    @Test
    void aPauseIsNeitherGoodNorBad() throws IOException {
        Mirrors mirrors = mirrors();
        ScheduledMirror only = mirrors.all().get(0);
        MirrorBoard board = new MirrorBoard(mirrors, List.of(), time);
        board.done(only, run(only, Run.Result.PAUSED));
        assertThat(board.turns()).isEmpty();
        assertThat(board.copies().get(0).health()).isEqualTo(Health.NEW);
    }

    @Test
    void aRunThatIsPausedAtTheEndOfItsHoursGoesOnInTheNextOnes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("hours.yaml"),
                "data: x\nmirrors:\n  a: {from: 'https://one.example/a', every: 7 d, hours: '11:00-13:00'}\n");
        Mirrors mirrors = NodeConfig.read(file).mirrors();
        ScheduledMirror only = mirrors.all().get(0);
        MirrorBoard board = new MirrorBoard(mirrors, List.of(), time);
        assertThat(board.take()).contains(only);
        assertThat(board.over()).isEmpty();
        time.set(START.plus(Duration.ofHours(1)));
        assertThat(board.over()).containsExactly(only);
        board.done(only, run(only, Run.Result.PAUSED));
        assertThat(board.over()).isEmpty();
        assertThat(board.take()).as("outside its hours").isEmpty();
        assertThat(board.copies().get(0).times().next()).contains(START.plus(Duration.ofHours(23)));
        time.set(START.plus(Duration.ofHours(23)));
        assertThat(board.take()).as("not after seven days").contains(only);
        board.done(only, run(only, Run.Result.PUBLISHED));
        assertThat(board.take()).isEmpty();
    }

    @Test
    void whatWasIsRememberedAndNotToldAgain() throws IOException {
        Mirrors mirrors = mirrors();
        ScheduledMirror only = mirrors.all().get(0);
        List<Run> past;
        try (StateStore state = StateStore.open(folder)) {
            RunHistory history = new RunHistory(state);
            for (Run.Result result : List.of(Run.Result.PUBLISHED, Run.Result.FAILED, Run.Result.FAILED)) {
                history.add(RunHistory.MIRRORS, run(only, result).values());
                time.set(time.instant().plus(Duration.ofHours(1)));
            }
            past = history.read(RunHistory.MIRRORS).stream()
                    .flatMap(line -> Run.parse(line).stream())
                    .toList();
        }
        assertThat(past).hasSize(3);
        MirrorBoard board = new MirrorBoard(mirrors, past, time);
        assertThat(board.turns()).isEmpty();
        assertThat(board.copies().get(0).health()).isEqualTo(Health.FAILING);
        assertThat(board.copies().get(0).times().published()).contains(START);
        assertThat(counts(board, only)).isEqualTo(MirrorState.Counts.NONE);
    }

    @Test
    void onlyWhoMayTellIsHeardAndOnlyOfWhatIsCopied() throws IOException {
        MirrorBoard board = new MirrorBoard(mirrors(), List.of(), time);
        assertThat(board.hasNews("one", new Notice("a", Optional.empty()))).isTrue();
        assertThat(board.hasNews("one", new Notice("x/a", Optional.empty()))).isTrue();
        assertThat(board.hasNews("two", new Notice("a", Optional.empty()))).isFalse();
        assertThat(board.hasNews("one", new Notice("b", Optional.empty()))).isFalse();
        assertThat(board.hasNews("one", new Notice("/a", Optional.empty()))).isFalse();
    }
}
