package org.hipsnode.node.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.manifest.Digest;
import org.hipsnode.mirror.push.PushPermission;
import org.hipsnode.mirror.push.PushPlan;
import org.hipsnode.mirror.push.PushPlan.Going;
import org.hipsnode.node.config.Hours;
import org.hipsnode.node.config.PushPartner;
import org.hipsnode.node.plan.PushStep.Action;
import org.hipsnode.properties.HipsStatus;
import org.hipsnode.serve.access.SurveyPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushStepTest {
    private static final Digest OURS = digest("ours");
    private static final Digest THEIRS = digest("theirs");
    private static final HipsStatus MASTER = HipsStatus.parse("public master clonable");
    private static final HipsStatus MIRROR = HipsStatus.parse("public mirror clonable");

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static PushPartner partner(String... surveys) {
        return new PushPartner(
                WebAddress.parse("https://a.example").orElseThrow(),
                Path.of("token"),
                surveys.length == 0
                        ? Optional.empty()
                        : Optional.of(List.of(surveys).stream()
                                .map(SurveyPattern::new)
                                .toList()),
                new PushPartner.Times(Duration.ofHours(1), Hours.ALWAYS),
                8,
                10,
                false);
    }

    /** A push of one file more, which drops some of a hundred. */
    private static PushPlan plan(Going going, long drop, boolean same) {
        PushPlan.Count keep = new PushPlan.Count(100 - drop, 1000);
        return new PushPlan(
                Optional.empty(),
                PushPermission.GRANTED,
                OURS,
                new PushPlan.Difference(new PushPlan.Count(1, 10), 0, keep, drop, same),
                going);
    }

    private static Action action(HipsStatus ours, HipsStatus theirs, PushPlan plan, Digest pushed) {
        PushStep.There there = new PushStep.There(Optional.of(theirs), Optional.of(THEIRS));
        return PushStep.of(ours, partner(), plan, there, Optional.of(pushed.toString()))
                .action();
    }

    @Test
    void aReleaseGoesWhereItIsNotYet() {
        assertThat(action(MASTER, MIRROR, plan(Going.FORWARD, 0, false), OURS)).isEqualTo(Action.SEND);
        assertThat(action(MASTER, MIRROR, plan(Going.FORWARD, 0, true), OURS)).isEqualTo(Action.NOTHING);
        PushStep first = PushStep.of(
                MASTER,
                partner(),
                plan(Going.FORWARD, 0, false),
                new PushStep.There(Optional.empty(), Optional.empty()),
                Optional.empty());
        assertThat(first.why()).isEqualTo("none is there yet");
    }

    @Test
    void aCopyNeverGoesOverItsMaster() {
        assertThat(action(MIRROR, MASTER, plan(Going.FORWARD, 0, false), OURS)).isEqualTo(Action.LEAVE);
        assertThat(action(MASTER, MASTER, plan(Going.FORWARD, 0, false), OURS)).isEqualTo(Action.SEND);
    }

    @Test
    void anOlderReleaseGoesOnlyOverOneThatWasPushedFromHere() {
        assertThat(action(MASTER, MIRROR, plan(Going.BACK, 0, false), OURS)).isEqualTo(Action.REFUSE);
        assertThat(action(MASTER, MIRROR, plan(Going.BACK, 0, false), THEIRS)).isEqualTo(Action.SEND);
    }

    @Test
    void manyFilesAreNotDropped() {
        assertThat(action(MASTER, MIRROR, plan(Going.FORWARD, 10, false), OURS)).isEqualTo(Action.SEND);
        assertThat(action(MASTER, MIRROR, plan(Going.FORWARD, 11, false), OURS)).isEqualTo(Action.REFUSE);
    }

    @ParameterizedTest
    @CsvSource({
        "public master clonable, '*', true",
        "public master clonableOnce, '*', true",
        "public master unclonable, '*', false",
        "public master unclonable, x/*, false",
        "public master unclonable, x/y, true",
        "private master clonable, x/*, false",
        "private master clonable, x/y, true",
        "public mirror clonable, '*', true",
        "public mirror clonableOnce, x/y, false",
        "private mirror unclonable, x/y, false",
    })
    void whatNotEverybodyMayHaveGoesOnlyWhereItIsNamed(String status, String surveys, boolean goes) {
        Optional<PushStep> early = PushStep.ofStatus(HipsStatus.parse(status), partner(surveys), "x/y");
        assertThat(early.map(PushStep::action)).isEqualTo(goes ? Optional.empty() : Optional.of(Action.LEAVE));
    }
}
