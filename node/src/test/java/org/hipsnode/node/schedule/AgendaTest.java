package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hipsnode.node.config.NodeConfig;
import org.hipsnode.node.config.ScheduledMirror;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgendaTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path folder;

    private List<ScheduledMirror> mirrors(String... lines) throws IOException {
        Path file = Files.writeString(
                folder.resolve("node.yaml"), "data: x\nmirrors:\n  " + String.join("\n  ", lines) + "\n");
        return NodeConfig.read(file).mirrors().all();
    }

    private static Agenda agenda(List<ScheduledMirror> mirrors, int atOnce) {
        return new Agenda(mirrors, atOnce, NOON, () -> 0.5);
    }

    @Test
    void oneRunsAtATimeOfEachServer() throws IOException {
        List<ScheduledMirror> all = mirrors(
                "a: {from: 'https://one.example/a'}",
                "b: {from: 'https://ONE.example:443/b'}",
                "c: {from: 'https://two.example/c'}",
                "d: {from: 'https://three.example/d'}");
        Agenda agenda = agenda(all, 2);
        assertThat(agenda.take(NOON)).contains(all.get(0));
        assertThat(agenda.take(NOON)).contains(all.get(2));
        assertThat(agenda.take(NOON)).isEmpty();
        agenda.done(all.get(2), NOON);
        assertThat(agenda.take(NOON)).contains(all.get(3));
        agenda.done(all.get(0), NOON);
        assertThat(agenda.take(NOON)).contains(all.get(1));
    }

    @Test
    void aRunBeginsInItsHoursAndGoesOnInTheNext() throws IOException {
        List<ScheduledMirror> all = mirrors("a: {from: 'https://one.example/a', every: 1 h, hours: '22:00-06:00'}");
        ScheduledMirror only = all.get(0);
        Agenda agenda = agenda(all, 2);
        Instant night = NOON.plus(Duration.ofHours(10));
        Instant morning = NOON.plus(Duration.ofHours(18));
        assertThat(agenda.take(NOON)).isEmpty();
        assertThat(agenda.millisUntilNext(NOON, Long.MAX_VALUE))
                .isEqualTo(Duration.between(NOON, night).toMillis() + 1);
        assertThat(agenda.next(only, NOON)).isEqualTo(night);
        assertThat(agenda.take(night)).contains(only);
        assertThat(agenda.over(night)).isEmpty();
        assertThat(agenda.millisUntilNext(night, Long.MAX_VALUE))
                .isEqualTo(Duration.between(night, morning).toMillis() + 1);
        assertThat(agenda.over(morning)).containsExactly(only);
        agenda.paused(only, morning);
        assertThat(agenda.take(morning)).isEmpty();
        assertThat(agenda.next(only, morning)).isEqualTo(night.plus(Duration.ofDays(1)));
        assertThat(agenda.take(night.plus(Duration.ofDays(1)))).contains(only);
    }

    @Test
    void newsComeBeforeTheIntervalButNotTooOften() throws IOException {
        List<ScheduledMirror> all = mirrors("a: {from: 'https://one.example/a'}");
        ScheduledMirror only = all.get(0);
        Agenda agenda = agenda(all, 2);
        assertThat(agenda.take(NOON)).contains(only);
        agenda.done(only, NOON);
        for (int i = 0; i < 1000; i++) {
            agenda.hasNews(only, NOON.plusMillis(i));
        }
        assertThat(agenda.take(NOON.plusSeconds(9))).isEmpty();
        assertThat(agenda.take(NOON.plusSeconds(10))).contains(only);
        agenda.done(only, NOON.plusSeconds(11));
        assertThat(agenda.next(only, NOON.plusSeconds(11)))
                .isEqualTo(NOON.plusSeconds(11).plus(only.times().every()));
    }

    @Test
    void newsDuringARunLeadToOneMore() throws IOException {
        List<ScheduledMirror> all = mirrors("a: {from: 'https://one.example/a'}");
        ScheduledMirror only = all.get(0);
        Agenda agenda = agenda(all, 2);
        assertThat(agenda.take(NOON)).contains(only);
        agenda.hasNews(only, NOON);
        agenda.hasNews(only, NOON);
        assertThat(agenda.take(NOON)).isEmpty();
        agenda.done(only, NOON);
        assertThat(agenda.take(NOON.plus(Agenda.LEAST_PAUSE))).contains(only);
        agenda.done(only, NOON.plusSeconds(20));
        assertThat(agenda.take(NOON.plusSeconds(60))).isEmpty();
    }

    @Test
    void newsWaitForTheHours() throws IOException {
        List<ScheduledMirror> all = mirrors("a: {from: 'https://one.example/a', hours: '22:00-06:00'}");
        Agenda agenda = agenda(all, 2);
        agenda.hasNews(all.get(0), NOON);
        assertThat(agenda.take(NOON)).isEmpty();
        assertThat(agenda.take(NOON.plus(Duration.ofHours(10)))).isPresent();
    }
}
