package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipsnode.node.audit.Audit;
import org.hipsnode.node.config.Verifying;
import org.hipsnode.serve.partner.Fixity;
import org.junit.jupiter.api.Test;

class AuditBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Verifying MONTHLY = new Verifying(
            Optional.of(Duration.ofDays(30)), Map.of("m", Duration.ofDays(7)), Optional.empty(), Map.of());

    private static Audit audit(String path, Audit.Result result, Instant when) {
        return new Audit(
                new Audit.Subject(path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                when,
                when.plus(Duration.ofHours(1)),
                result,
                new Fixity.Counts(9, 90, result == Audit.Result.DAMAGED ? 1 : 0, 0, 0, 0),
                List.of(),
                "");
    }

    private static AuditBoard board(Audit... past) {
        return new AuditBoard(MONTHLY, List.of(past), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static SortedMap<String, Path> here(String... paths) {
        SortedMap<String, Path> here = new TreeMap<>();
        for (String path : paths) {
            here.put(path, Path.of(path));
        }
        return here;
    }

    private static String next(AuditBoard board, Optional<String> begun, String... here) {
        return board.next(here(here), begun).map(AuditBoard.Due::path).orElse("none");
    }

    @Test
    void whatWasNotVerifiedForLongestComesFirstAndWhatWasBegunBefore() {
        AuditBoard board = board(
                audit("a", Audit.Result.GOOD, NOW.minus(Duration.ofDays(40))),
                audit("b", Audit.Result.GOOD, NOW.minus(Duration.ofDays(50))));
        assertThat(next(board, Optional.empty(), "a", "b", "never")).isEqualTo("never");
        assertThat(next(board, Optional.empty(), "a", "b")).isEqualTo("b");
        assertThat(next(board, Optional.of("a"), "a", "b", "never")).isEqualTo("a");
        assertThat(board.running()).contains("a");
    }

    @Test
    void aMirrorHasItsOwnIntervalAndDamageIsLookedAtAgainAfterADay() {
        AuditBoard board = board(
                audit("a", Audit.Result.GOOD, NOW.minus(Duration.ofDays(8))),
                audit("m", Audit.Result.GOOD, NOW.minus(Duration.ofDays(6))));
        assertThat(board.next(here("a", "m"), Optional.empty()).map(AuditBoard.Due::when))
                .contains(NOW.plus(Duration.ofDays(1)));
        assertThat(board.running()).isEmpty();
        board.done(audit("a", Audit.Result.DAMAGED, NOW.minus(Duration.ofHours(2))));
        assertThat(board.next(here("a", "m"), Optional.empty()))
                .contains(new AuditBoard.Due("a", Path.of("a"), NOW.plus(Duration.ofHours(23))));
    }

    @Test
    void whatSaysNothingChangesNothingAndIsTriedAgainSoon() {
        AuditBoard board = board(audit("a", Audit.Result.GOOD, NOW.minus(Duration.ofDays(40))));
        long changes = board.changes();
        board.done(audit("a", Audit.Result.CHANGED, NOW));
        assertThat(board.changes()).isEqualTo(changes);
        assertThat(board.next(here("a"), Optional.of("a")).map(AuditBoard.Due::when))
                .contains(NOW.plus(Duration.ofMinutes(1)));
        assertThat(board.audits())
                .singleElement()
                .satisfies(fixity -> assertThat(fixity.result()).isEqualTo(Fixity.Result.GOOD));
    }

    @Test
    void damageDoesNotUndoWhenAllWasLastRight() {
        Instant before = NOW.minus(Duration.ofDays(40));
        AuditBoard board = board(audit("a", Audit.Result.GOOD, before));
        board.done(audit("a", Audit.Result.DAMAGED, NOW.minus(Duration.ofHours(2))));
        Fixity fixity = board.audits().get(0);
        assertThat(fixity.isBad()).isTrue();
        assertThat(fixity.verified()).contains(before.plus(Duration.ofHours(1)));
        board.done(audit("a", Audit.Result.REPAIRED, NOW));
        assertThat(board.audits().get(0).verified()).contains(NOW.plus(Duration.ofHours(1)));
        board.next(here("other"), Optional.empty());
        assertThat(board.audits()).isEmpty();
    }

    @Test
    void whereNothingIsSaidNothingIsDue() {
        Verifying mirrorsOnly =
                new Verifying(Optional.empty(), Map.of("m", Duration.ofDays(7)), Optional.empty(), Map.of());
        AuditBoard board = new AuditBoard(mirrorsOnly, List.of(), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(board.next(here("a"), Optional.empty())).isEmpty();
        assertThat(next(board, Optional.empty(), "a", "m")).isEqualTo("m");
    }
}
