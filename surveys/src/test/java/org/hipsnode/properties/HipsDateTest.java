package org.hipsnode.properties;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HipsDateTest {

    /** The forms that CDS's lint accepts (standards.md §1.6). */
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T09:30Z, 2026-11-22T09:30, 2026-11-22T09:30Z",
        "2026-11-22T09:30, 2026-11-22T09:30, 2026-11-22T09:30Z",
        "2026-11-22T09:30:15Z, 2026-11-22T09:30:15, 2026-11-22T09:30Z",
        "2026-11-22T09:30:15, 2026-11-22T09:30:15, 2026-11-22T09:30Z",
        "2026-11-22T09:30:15.25Z, 2026-11-22T09:30:15.25, 2026-11-22T09:30Z",
        "2026-11-22T09:30:15.123456789, 2026-11-22T09:30:15.123456789, 2026-11-22T09:30Z",
        "2026-11-22, 2026-11-22T00:00, 2026-11-22T00:00Z",
        "2026-11-22Z, 2026-11-22T00:00, 2026-11-22T00:00Z",
        "' 2026-11-22T09:30Z ', 2026-11-22T09:30, 2026-11-22T09:30Z",
        "2024-02-29T23:59Z, 2024-02-29T23:59, 2024-02-29T23:59Z"
    })
    void readsEveryFormAndWritesTheStandards(String text, String utc, String written) {
        HipsDate date = HipsDate.parse(text).orElseThrow();
        assertThat(date.utc()).isEqualTo(LocalDateTime.parse(utc));
        assertThat(date).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026",
                "2026-11",
                "2026-11-22T",
                "2026-11-22T09",
                "2026-11-22T9:30Z",
                "2026-11-22 09:30Z",
                "2023-07-12 T20:23Z",
                "2026-11-22T09:30:15.Z",
                "2026-11-22T09:30+01:00",
                "2026-11-22T09:30ZZ",
                "2026-11-31T09:30Z",
                "2023-02-29",
                "2026-13-01",
                "2026-00-10",
                "2026-11-22T24:01Z",
                "2026-11-22T12:60Z",
                "2026-11-22T12:30:61Z",
                "-026-11-22",
                "22/11/2026",
                "２０２６-11-22"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(HipsDate.parse(text)).isEmpty();
    }

    @Test
    void tellsTheMinuteOfAnInstantInUtc() {
        assertThat(HipsDate.of(Instant.parse("2026-11-22T23:59:59.999Z"))).hasToString("2026-11-22T23:59Z");
    }

    @Property
    void readsBackWhatItWrites(
            @ForAll @IntRange(max = 9999) int year,
            @ForAll @IntRange(min = 1, max = 365) int day,
            @ForAll @IntRange(max = 1439) int minute) {
        HipsDate date = new HipsDate(
                LocalDateTime.of(year, 1, 1, 0, 0).withDayOfYear(day).plusMinutes(minute));
        assertThat(HipsDate.parse(date.toString())).contains(date);
    }

    @Property
    void anyTextIsADateOrNone(@ForAll String text) {
        HipsDate.parse(text).ifPresent(date -> assertThat(date.toString()).endsWith("Z"));
    }
}
