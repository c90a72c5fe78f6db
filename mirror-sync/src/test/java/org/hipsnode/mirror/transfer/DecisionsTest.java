package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.Redirect;
import org.hipsnode.mirror.remote.Throttle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void hostsThatShareALimitWaitForEachOther() {
        RateLimit total = new RateLimit(1000);
        Throttle one = Servers.throttle(host("https://a.org/s").within(total));
        Throttle other = Servers.throttle(host("https://b.org/s").within(total));
        assertThat(one.pauseAfter(100_000)).isPositive();
        assertThat(other.pauseAfter(0)).isGreaterThan(90_000_000_000L);
        assertThat(Servers.throttle(host("https://a.org/s")).pauseAfter(100_000))
                .isZero();
    }

    @Test
    void ofTwoLimitsTheStricterCounts() {
        Host host = host("https://a.org/s");
        Host slow = host.with(host.manners().withBytesPerSecond(100)).within(new RateLimit(1_000_000));
        assertThat(Servers.throttle(slow).pauseAfter(10_000)).isGreaterThan(90_000_000_000L);
    }

    private static Host host(String address) {
        return Host.of(WebAddress.parse(address).orElseThrow(), "test");
    }

    /** A server that answers so many at a time, and lets the others wait. */
    private record Capacity(int exchanges) {
        void serve(Concurrency concurrency, int windows) {
            for (int i = 0; i < windows; i++) {
                int asked = concurrency.limit();
                concurrency.window(Math.min(asked, exchanges), Math.max(1, asked / (double) exchanges));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 11, 24, 64})
    void findsHowManyAServerCanAnswer(int capacity) {
        Concurrency concurrency = new Concurrency(64);
        new Capacity(capacity).serve(concurrency, 1000);
        assertThat(concurrency.limit()).isBetween(capacity, 2 * capacity);
    }

    @Test
    void growsAgainWhenAServerCanDoMore() {
        Concurrency concurrency = new Concurrency(32);
        new Capacity(4).serve(concurrency, 100);
        int few = concurrency.limit();
        new Capacity(20).serve(concurrency, 1000);
        assertThat(few).isLessThan(10);
        assertThat(concurrency.limit()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void growsAgainAfterAServerWasBusy() {
        Concurrency concurrency = new Concurrency(16);
        Capacity server = new Capacity(100);
        server.serve(concurrency, 10);
        concurrency.busy();
        assertThat(concurrency.limit()).isEqualTo(8);
        server.serve(concurrency, 40);
        assertThat(concurrency.limit()).isEqualTo(8);
        server.serve(concurrency, 200);
        assertThat(concurrency.limit()).isEqualTo(16);
    }

    @Test
    void asksLessOfAServerThatBecameSlowButNeverStops() {
        Concurrency concurrency = new Concurrency(16);
        new Capacity(16).serve(concurrency, 20);
        for (int i = 0; i < 200; i++) {
            concurrency.window(3, 5);
        }
        assertThat(concurrency.limit()).isBetween(4, 13);
    }
}
