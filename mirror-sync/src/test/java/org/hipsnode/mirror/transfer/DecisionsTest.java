package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(10));

    @Test
    void waitsLongerWithEachFailureUpToALimit() {
        assertThat(BACKOFF.pause(1, Optional.empty(), 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BACKOFF.pause(4, Optional.empty(), 0.5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(BACKOFF.pause(1000, Optional.empty(), 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void waitsAsLongAsAskedWithinReason() {
        assertThat(BACKOFF.pause(1, Optional.of(Duration.ofSeconds(30)), 0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(BACKOFF.pause(1, Optional.of(Duration.ofDays(9)), 0)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void readsSecondsAndDates() {
        Instant now = Instant.parse("1994-11-06T08:49:07Z");
        assertThat(RetryAfter.parse("120", now)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:49:37 GMT", now)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("-1", now)).isEmpty();
    }

    @Property
    void readsAnyRetryAfter(@ForAll String text) {
        assertThat(RetryAfter.parse(text, Instant.EPOCH).orElse(Duration.ZERO).isNegative())
                .isFalse();
    }

    @Property
    void followsNothingLessSafe(@ForAll String location) {
        assertThat(Redirect.target(URI.create("https://a.org/x"), location).stream())
                .allMatch(to -> "https".equalsIgnoreCase(to.getScheme()));
    }

    @Test
    void neverLeavesHttps() {
        URI from = URI.create("https://a.org/x/y");
        assertThat(Redirect.target(from, "http://a.org/x/y")).isEmpty();
        assertThat(Redirect.target(from, "z")).contains(URI.create("https://a.org/x/z"));
    }

    @Test
    void growsWithWhatComesThrough() {
        Concurrency concurrency = new Concurrency(8);
        concurrency.window(100, 1);
        assertThat(concurrency.limit()).isEqualTo(8);
    }

    @Test
    void halvesForABusyServerOnceInAWhile() {
        Concurrency concurrency = new Concurrency(8);
        concurrency.window(100, 1);
        concurrency.busy();
        concurrency.busy();
        assertThat(concurrency.limit()).isEqualTo(4);
        concurrency.window(1000, 1);
        assertThat(concurrency.limit()).isEqualTo(4);
    }

    @Test
    void takesNoMoreThanItsRate() {
        RateLimit limit = new RateLimit(1000);
        assertThat(limit.take(0, 0)).isZero();
        assertThat(limit.take(500, 0)).isEqualTo(500_000_000);
        assertThat(limit.take(0, 500_000_000)).isZero();
    }
}
