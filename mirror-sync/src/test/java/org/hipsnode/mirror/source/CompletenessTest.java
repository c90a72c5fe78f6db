package org.hipsnode.mirror.source;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletenessTest {

    @ParameterizedTest
    @CsvSource({
        "# Completeness = 12 / 12,true",
        "#Completeness=3/3,true",
        "# Completeness = 12 / 13,false",
        "# Completeness = a / b,false",
        "ra\tdec,false",
        "'',false"
    })
    void aTileEndsWhereAllSourcesOfItsCellAreToldOf(String line, boolean end) {
        assertThat(Completeness.isEnd(line + "\nra\tdec\n")).isEqualTo(end);
        assertThat(Completeness.isEnd(line + "\r\nra\tdec\r\n")).isEqualTo(end);
    }

    @Property
    void anyTextIsAnAnswer(@ForAll String text) {
        assertThat(Completeness.isEnd("# Completeness = 1 / 2" + text + "\n# Completeness = 1 / 1"))
                .isFalse();
    }
}
