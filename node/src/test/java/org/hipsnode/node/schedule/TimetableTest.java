package org.hipsnode.node.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final Timetable<String> table = new Timetable<>(() -> 0.5);

    @Test
    void worksAreDueAtOnceInTheirOrder() {
        assertThat(table.next()).isEmpty();
        table.add("a", START);
        table.add("b", START);
        assertThat(table.next()).contains("a");
        assertThat(table.untilDue("a", START)).isZero();
        table.done("a", START, Duration.ofHours(1));
        assertThat(table.next()).contains("b");
    }

    @Test
    void eachHasAnIntervalOfItsOwn() {
        table.add("often", START);
        table.add("seldom", START);
        table.done("often", START, Duration.ofMinutes(10));
        table.done("seldom", START, Duration.ofDays(1));
        assertThat(table.next()).contains("often");
        assertThat(table.untilDue("often", START.plusSeconds(60))).isEqualTo(Duration.ofMinutes(9));
        assertThat(table.untilDue("often", START.plusSeconds(6000))).isZero();
        table.done("often", START.plus(Duration.ofDays(2)), Duration.ofMinutes(10));
        assertThat(table.next()).contains("seldom");
    }

    @Property
    void jitterIsATenthAtMost(
            @ForAll @DoubleRange(min = 0, max = 1) double random,
            @ForAll @LongRange(min = 10, max = 1_000_000) long seconds) {
        Timetable<String> jittered = new Timetable<>(() -> random);
        jittered.add("a", START);
        jittered.done("a", START, Duration.ofSeconds(seconds));
        assertThat(jittered.untilDue("a", START).toMillis()).isBetween(seconds * 900, seconds * 1100);
    }
}
