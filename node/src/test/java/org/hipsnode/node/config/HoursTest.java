package org.hipsnode.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private static final int YEAR_MINUTES = 365 * 24 * 60;

    private static Hours hours(String... texts) {
        return new Hours(
                Stream.of(texts).map(t -> Window.parse(t).orElseThrow()).toList());
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void hoursOverMidnightBelongToTheDayOnWhichTheyBegin() {
        Hours nights = hours("Fri 22:00-06:00"); // 2026-11-27 is a Friday
        assertThat(nights.isOpen(at("2026-11-27T21:59:59Z"))).isFalse();
        assertThat(nights.isOpen(at("2026-11-27T22:00:00Z"))).isTrue();
        assertThat(nights.isOpen(at("2026-11-28T05:59:59Z"))).isTrue();
        assertThat(nights.isOpen(at("2026-11-28T06:00:00Z"))).isFalse();
        assertThat(nights.isOpen(at("2026-11-27T03:00:00Z"))).isFalse();
        assertThat(nights.opening(at("2026-11-28T06:00:00Z"))).isEqualTo(at("2026-12-04T22:00:00Z"));
        assertThat(nights.closing(at("2026-11-27T23:00:00Z"))).contains(at("2026-11-28T06:00:00Z"));
    }

    @Test
    void windowsThatMeetAreOne() {
        Hours hours = hours("Mon-Fri 20:00-06:00", "Sat-Sun 00:00-24:00");
        assertThat(hours.closing(at("2026-11-27T21:00:00Z"))).contains(at("2026-11-30T00:00:00Z"));
        assertThat(hours.opening(at("2026-11-30T00:00:00Z"))).isEqualTo(at("2026-11-30T20:00:00Z"));
    }

    @Test
    void alwaysHasNoEnd() {
        assertThat(Hours.ALWAYS.isOpen(at("2026-11-27T21:00:00Z"))).isTrue();
        assertThat(Hours.ALWAYS.closing(at("2026-11-27T21:00:00Z"))).isEmpty();
        assertThat(hours("00:00-24:00").closing(at("2026-11-27T21:00:00Z"))).isEmpty();
        assertThat(hours("06:00-06:00").closing(at("2026-11-27T21:00:00Z"))).isEmpty();
    }

    @Test
    void summerTimeBeginsAndEnds() {
        // Paris: 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00
        Hours nights = hours("22:00-06:00 Europe/Paris");
        assertThat(nights.opening(at("2026-03-28T12:00:00Z"))).isEqualTo(at("2026-03-28T21:00:00Z"));
        assertThat(nights.closing(at("2026-03-28T22:00:00Z"))).contains(at("2026-03-29T04:00:00Z"));
        assertThat(nights.closing(at("2026-10-24T22:00:00Z"))).contains(at("2026-10-25T05:00:00Z"));
        Hours small = hours("02:00-03:00 Europe/Paris");
        assertThat(small.opening(at("2026-03-28T12:00:00Z"))).isEqualTo(at("2026-03-30T00:00:00Z"));
        assertThat(small.closing(at("2026-10-25T00:00:00Z"))).contains(at("2026-10-25T02:00:00Z"));
        assertThat(hours("Sun 02:00-03:00 Europe/Paris").opening(at("2026-03-23T00:00:00Z")))
                .isEqualTo(at("2026-04-05T00:00:00Z"));
    }

    @Test
    void daysAreRead() {
        assertThat(Window.parse("Sat-Mon 01:30 - 02:00"))
                .contains(new Window(
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY),
                        LocalTime.of(1, 30),
                        LocalTime.of(2, 0),
                        ZoneOffset.UTC));
        assertThat(hours("Sat-Mon 01:30-02:00").longestPause()).isEqualTo(Duration.ofDays(8));
        assertThat(hours("01:30-02:00").longestPause()).isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "22:00", "22-6", "25:00-06:00", "Fry 22:00-06:00", "22:00-06:00 Mars/Olympus", "24:00-06:00"
            })
    void whatIsNoWindowIsNotTaken(String text) {
        assertThat(Window.parse(text)).isEmpty();
    }

    @Property
    void anyTextIsAWindowOrNone(@ForAll String text) {
        assertThat(Window.parse(text)).isIn(Optional.empty(), Window.parse(text));
    }

    @Provide
    Arbitrary<Hours> someHours() {
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 24 * 4 - 1).map(i -> LocalTime.of(i / 4, i % 4 * 15));
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.values()).set().ofMinSize(1);
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "UTC", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia")
                .map(ZoneId::of);
        return Combinators.combine(days, times, times, zones)
                .as(Window::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(Hours::new);
    }

    /** Says it as a person would who looks at a clock on the wall, away from the days on which clocks are changed. */
    private static boolean isOpenByTheClock(Window window, Instant at) {
        LocalDateTime now = LocalDateTime.ofInstant(at, window.zone());
        boolean late = !now.toLocalTime().isBefore(window.from());
        boolean early = now.toLocalTime().isBefore(window.until());
        boolean today = window.days().contains(now.getDayOfWeek());
        boolean yesterday = window.days().contains(now.getDayOfWeek().minus(1));
        return window.until().isAfter(window.from()) ? today && late && early : (today && late) || (yesterday && early);
    }

    private static boolean clocksChangeNear(ZoneId zone, Instant at) {
        ZonedDateTime now = at.atZone(zone);
        return !now.minusDays(2).getOffset().equals(now.plusDays(2).getOffset());
    }

    @Property(tries = 3000)
    void aWindowIsOpenAsTheClockOnTheWallSays(
            @ForAll("someHours") Hours hours, @ForAll @IntRange(max = YEAR_MINUTES) int minute) {
        Instant at = Instant.ofEpochSecond(START + minute * 60L);
        if (hours.windows().stream().noneMatch(w -> clocksChangeNear(w.zone(), at))) {
            assertThat(hours.isOpen(at)).isEqualTo(hours.windows().stream().anyMatch(w -> isOpenByTheClock(w, at)));
        }
    }

    @Property(tries = 3000)
    void nothingIsOpenBeforeItOpensAndAllIsUntilItCloses(
            @ForAll("someHours") Hours hours,
            @ForAll @IntRange(max = YEAR_MINUTES) int minute,
            @ForAll @LongRange(min = 0, max = 14 * 24 * 60) long later) {
        Instant at = Instant.ofEpochSecond(START + minute * 60L);
        Instant opening = hours.opening(at);
        assertThat(opening).isBetween(at, at.plus(Duration.ofDays(15)));
        assertThat(hours.isOpen(opening)).isTrue();
        Instant probe = at.plus(Duration.ofMinutes(later));
        if (probe.isBefore(opening)) {
            assertThat(hours.isOpen(probe)).isFalse();
        }
        Optional<Instant> closing = hours.closing(opening);
        Instant inside = opening.plus(Duration.ofMinutes(later));
        if (closing.isEmpty() || inside.isBefore(closing.get())) {
            assertThat(hours.isOpen(inside)).isTrue();
        }
        closing.ifPresent(end -> assertThat(hours.isOpen(end)).isFalse());
    }

    @Property
    void aNightInParisIsAsLongAsItsClocksSay(@ForAll @IntRange(max = 364) int day) {
        ZonedDateTime noon = ZonedDateTime.of(2026, 1, 1, 12, 0, 0, 0, PARIS).plusDays(day);
        Hours nights = hours("22:00-06:00 Europe/Paris");
        Instant opening = nights.opening(noon.toInstant());
        int changed = noon.plusDays(1).getOffset().getTotalSeconds()
                - noon.getOffset().getTotalSeconds();
        assertThat(List.of(Duration.between(opening, nights.closing(opening).orElseThrow())
                        .toSeconds()))
                .containsExactly(8L * 3600 - changed);
    }
}
