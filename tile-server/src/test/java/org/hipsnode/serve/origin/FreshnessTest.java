package org.hipsnode.serve.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static Origin.Reply reply(String control, String age) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("cache-control", control);
        headers.put("age", age);
        return new Origin.Reply(200, headers, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "'' | '' | 86400",
                "public, max-age=600 | '' | 600",
                "max-age=600, s-maxage=900 | '' | 900",
                "MAX-AGE=\"600\" | 100 | 500",
                "max-age=600 | 700 | 60",
                "max-age=0 | '' | 60",
                "no-cache | '' | 60",
                "max-age=999999999999 | '' | 2592000",
                "max-age=x | '' | 86400",
                "max-age=-5 | '' | 86400",
                "max-age=99999999999999999999 | '' | 86400"
            })
    void anAnswerCountsAsLongAsItSaysWithinReason(String control, String age, long seconds) {
        assertThat(Freshness.of(reply(control, age), Duration.ofDays(1))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-store | true",
                "private | true",
                "max-age=5, Private | true",
                "private=\"x\", max-age=5 | true",
                "public, max-age=5 | false",
                "x-private-y | false",
                "'' | false"
            })
    void someMustNotBeKept(String control, boolean forbidden) {
        assertThat(Freshness.isForbidden(reply(control, ""))).isEqualTo(forbidden);
    }

    @Property
    void anyHeaderIsRead(@ForAll String control, @ForAll String age) {
        assertThat(Freshness.of(reply(control, age), Duration.ofDays(1)))
                .isBetween(Duration.ofMinutes(1), Duration.ofDays(30));
        Freshness.isForbidden(reply(control, age));
    }
}
