package org.hipsnode.serve.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private long nanos = Long.MAX_VALUE - 1000; // a ticker may start anywhere
    private final Breaker breaker = new Breaker(() -> nanos);

    private void wait(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void someFailuresInARowMakeAPauseThatGrows() {
        breaker.failed(Duration.ZERO);
        breaker.failed(Duration.ZERO);
        assertThat(breaker.pause()).isZero();
        breaker.failed(Duration.ZERO);
        assertThat(breaker.pause()).isEqualTo(Duration.ofSeconds(2));
        wait(Duration.ofSeconds(2));
        assertThat(breaker.pause()).as("asked once more").isZero();
        breaker.failed(Duration.ZERO);
        assertThat(breaker.pause()).isEqualTo(Duration.ofSeconds(4));
        for (int i = 0; i < 100; i++) {
            breaker.failed(Duration.ZERO);
        }
        assertThat(breaker.pause()).isEqualTo(Duration.ofMinutes(5));
        breaker.succeeded();
        assertThat(breaker.pause()).isZero();
    }

    @Test
    void whatTheOriginAsksForIsObeyedWithinReason() {
        breaker.failed(Duration.ofSeconds(30));
        assertThat(breaker.pause()).isEqualTo(Duration.ofSeconds(30));
        breaker.failed(Duration.ofDays(30));
        assertThat(breaker.pause()).isEqualTo(Duration.ofMinutes(5));
    }
}
