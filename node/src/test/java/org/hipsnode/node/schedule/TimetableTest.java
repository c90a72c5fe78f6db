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
        assertThat(table.inOrder()).isEmpty();
        table.set("a", START);
        table.set("b", START);
        assertThat(table.inOrder()).containsExactly("a", "b");
        assertThat(table.due("a")).isEqualTo(START);
        table.done("a", START, Duration.ofHours(1));
        assertThat(table.inOrder()).containsExactly("b", "a");
    }

    @Test
    void eachHasAnIntervalOfItsOwn() {
        table.done("often", START, Duration.ofMinutes(10));
        table.done("seldom", START, Duration.ofDays(1));
        assertThat(table.inOrder()).containsExactly("often", "seldom");
        assertThat(table.due("often")).isEqualTo(START.plusSeconds(600));
        table.done("often", START.plus(Duration.ofDays(2)), Duration.ofMinutes(10));
        assertThat(table.inOrder()).containsExactly("seldom", "often");
    }

    @Property
    void jitterIsATenthAtMost(
            @ForAll @DoubleRange(min = 0, max = 1) double random,
            @ForAll @LongRange(min = 10, max = 1_000_000) long seconds) {
        Timetable<String> jittered = new Timetable<>(() -> random);
        jittered.done("a", START, Duration.ofSeconds(seconds));
        assertThat(Duration.between(START, jittered.due("a")).toMillis()).isBetween(seconds * 900, seconds * 1100);
    }
}
