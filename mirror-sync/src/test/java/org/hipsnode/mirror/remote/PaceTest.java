package org.hipsnode.mirror.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Pace PACE = Pace.of(Duration.ofSeconds(15));

    @Test
    void endsWhoIsSilentOrTrickles() {
        assertThat(PACE.judge(seconds(14), seconds(14), 0)).isEmpty();
        assertThat(PACE.judge(seconds(16), seconds(16), 0)).contains(Fault.Kind.SILENT);
        assertThat(PACE.judge(seconds(29), seconds(1), 10)).isEmpty();
        assertThat(PACE.judge(seconds(31), seconds(1), 10)).contains(Fault.Kind.SLOW);
        assertThat(PACE.judge(seconds(31), seconds(1), 40_000)).isEmpty();
    }

    @Test
    void judgesNobodyByALateLook() {
        assertThat(PACE.look()).isEqualTo(Duration.ofSeconds(1));
        assertThat(PACE.trusts(seconds(0))).isTrue();
        assertThat(PACE.trusts(seconds(1))).isFalse();
        Pace quick = Pace.of(Duration.ofMillis(400));
        assertThat(quick.trusts(100_000_000)).isTrue();
        assertThat(quick.trusts(102_000_000)).isFalse();
    }

    private static long seconds(long number) {
        return Duration.ofSeconds(number).toNanos();
    }
}
