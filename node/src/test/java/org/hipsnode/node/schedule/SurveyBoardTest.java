package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hipsnode.HandClock;
import org.hipsnode.node.plan.DeclaredSurvey;
import org.hipsnode.node.plan.SurveyStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurveyBoardTest {
    private final HandClock time = new HandClock(Instant.parse("2026-11-28T12:00:00Z"));
    private final SurveyBoard board = new SurveyBoard(time);
    private final DeclaredSurvey sky = survey(1);

    private static DeclaredSurvey survey(int keep) {
        return new DeclaredSurvey("sky", Path.of("sky.yaml"), Path.of("data/sky"), Duration.ofHours(1), keep);
    }

    private static SurveyStep step(DeclaredSurvey survey, SurveyStep.Action action, String why) {
        return new SurveyStep(survey, action, why, Map.of());
    }

    @BeforeEach
    void declare() {
        board.declare(List.of(sky));
    }

    private List<DeclaredSurvey> due(String stamp) {
        return board.due(Map.of("sky", stamp));
    }

    @Test
    void aSurveyIsLookedAtAtOnceAndThenAfterItsInterval() {
        assertThat(due("1")).containsExactly(sky);
        assertThat(due("1")).isEmpty();
        time.set(time.instant().plus(Duration.ofMinutes(59)));
        assertThat(due("1")).isEmpty();
        time.set(time.instant().plus(Duration.ofMinutes(1)));
        assertThat(due("1")).containsExactly(sky);
    }

    @Test
    void aDefinitionThatIsStillBeingWrittenIsLeftAloneUntilItRests() {
        assertThat(due("1")).hasSize(1);
        assertThat(due("2")).isEmpty();
        assertThat(due("3")).isEmpty();
        assertThat(due("3")).hasSize(1);
        assertThat(due("3")).isEmpty();
    }

    @Test
    void whileASurveyIsMadeItIsNotMadeAgainAndWhatChangedMeanwhileIsSeenAfterwards() {
        assertThat(due("1")).hasSize(1);
        assertThat(board.decided(step(sky, SurveyStep.Action.MAKE, "new"))).isTrue();
        assertThat(due("2")).isEmpty();
        time.set(time.instant().plus(Duration.ofHours(2)));
        assertThat(due("2")).isEmpty();
        assertThat(board.surveys().get(0).running()).isTrue();
        board.done(sky, SurveySchedule.Result.PUBLISHED);
        assertThat(board.surveys().get(0).published()).contains(time.instant());
        assertThat(due("2")).hasSize(1);
    }

    @Test
    void aFailureLastsUntilAReleaseOrUntilThereIsNothingToDo() {
        board.done(sky, SurveySchedule.Result.FAILED);
        Instant first = time.instant();
        time.set(first.plusSeconds(60));
        board.done(sky, SurveySchedule.Result.FAILED);
        assertThat(board.surveys().get(0).failing()).contains(first);
        board.done(sky, SurveySchedule.Result.STOPPED);
        assertThat(board.surveys().get(0).failing()).contains(first);
        board.done(sky, SurveySchedule.Result.PUBLISHED);
        assertThat(board.surveys().get(0).failing()).isEmpty();
        board.done(sky, SurveySchedule.Result.FAILED);
        board.decided(step(sky, SurveyStep.Action.NOTHING, ""));
        assertThat(board.surveys().get(0).failing()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidOnce() {
        assertThat(board.decided(step(sky, SurveyStep.Action.REFUSE, "bad key")))
                .isTrue();
        assertThat(board.decided(step(sky, SurveyStep.Action.REFUSE, "bad key")))
                .isFalse();
        assertThat(board.decided(step(sky, SurveyStep.Action.REFUSE, "bad value")))
                .isTrue();
        assertThat(board.surveys().get(0).failing()).isPresent();
    }

    @Test
    void whatIsDeclaredOtherwiseIsLookedAtAndWhatIsNoMoreIsForgotten() {
        assertThat(due("1")).hasSize(1);
        DeclaredSurvey other = survey(2);
        board.declare(List.of(other));
        assertThat(board.isDeclared(sky)).isFalse();
        assertThat(due("1")).containsExactly(other);
        board.declare(List.of());
        assertThat(due("1")).isEmpty();
        assertThat(board.surveys()).isEmpty();
        board.done(other, SurveySchedule.Result.PUBLISHED);
        assertThat(board.surveys()).isEmpty();
    }
}
