package org.hipsnode.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReadRateTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void bytesAreReadOneAfterTheOtherAtTheRate() {
        ReadRate rate = new ReadRate(1000);
        long now = System.nanoTime();
        assertThat(rate.take(500, now)).isZero();
        assertThat(rate.take(1000, now)).isEqualTo(SECOND / 2);
        assertThat(rate.take(1, now + SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void aPauseIsNotMadeUpFor() {
        ReadRate rate = new ReadRate(1000);
        long now = System.nanoTime();
        rate.take(1000, now);
        assertThat(rate.take(1000, now + 100 * SECOND)).isZero();
        assertThat(rate.take(1000, now + 100 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void noRateIsNone() {
        assertThatThrownBy(() -> new ReadRate(0)).hasMessageContaining("expected a positive number");
    }
}
