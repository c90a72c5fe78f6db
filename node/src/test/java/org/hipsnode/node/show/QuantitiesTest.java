package org.hipsnode.node.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1049, 1.0 kB",
        "1051, 1.1 kB",
        "99400, 99.4 kB",
        "99500, 100 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "1234567, 1.2 MB",
        "2e9, 2.0 GB",
        "5e14, 500 TB",
        "9223372036854775807, 9.2 EB",
        "1e21, 1000 EB"
    })
    void sizesHaveTwoOrThreeDigits(double bytes, String text) {
        assertThat(Quantities.bytes(bytes)).isEqualTo(text);
    }

    @Property
    void aSizeIsWhatItsTextSays(@ForAll @DoubleRange(min = 0, max = 1e19) double bytes) {
        String[] parts = Quantities.bytes(bytes).split(" ");
        double shown = Double.parseDouble(parts[0]);
        assertThat(parts[0].length()).isLessThanOrEqualTo(4);
        assertThat(shown).isLessThan(1000);
        double said = shown * Math.pow(1000, UNITS.indexOf(parts[1]));
        assertThat(said).isCloseTo(bytes, within(Math.max(0.5, 0.051 * bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "0.04, 0.0 s",
        "0.06, 0.1 s",
        "59.96, 60.0 s",
        "99.94, 99.9 s",
        "99.96, 1 min 40 s",
        "119.4, 1 min 59 s",
        "119.6, 2 min 00 s",
        "3599.4, 59 min 59 s",
        "3599.6, 1 h 00 min",
        "86399, 23 h 59 min",
        "360000, 100 h 00 min"
    })
    void timesAreAsExactAsTheyAreShort(double seconds, String text) {
        assertThat(Quantities.seconds(seconds)).isEqualTo(text);
    }

    @Property
    void aTimeIsWhatItsTextSays(@ForAll @DoubleRange(min = 0, max = 1e7) double seconds) {
        double said = 0;
        String[] parts = Quantities.seconds(seconds).split(" ");
        for (int i = 0; i < parts.length; i += 2) {
            double unit = parts[i + 1].equals("h") ? 3600 : parts[i + 1].equals("min") ? 60 : 1;
            said += unit * Double.parseDouble(parts[i]);
        }
        assertThat(said).isCloseTo(seconds, within(seconds < 99 ? 0.051 : seconds < 3599 ? 0.51 : 60.51));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 surveys", "1, 1 survey", "2, 2 surveys"})
    void oneIsNotMany(long number, String text) {
        assertThat(Quantities.count(number, "survey")).isEqualTo(text);
    }
}
