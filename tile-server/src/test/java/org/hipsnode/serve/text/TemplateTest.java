package org.hipsnode.serve.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void whatFillsAPlaceIsNotLookedAtForOthers() {
        assertThat(Template.beside(TemplateTest.class, "two.txt")
                        .fill(Map.of("first", "{{second}} $1 \\", "second", "2")))
                .isEqualTo("{{second}} $1 \\ and 2 {0}\n");
    }

    @Test
    void aPlaceThatNothingFillsIsAMistakeOfOurs() {
        assertThatThrownBy(() -> Template.beside(TemplateTest.class, "two.txt").fill(Map.of("first", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two.txt: nothing fills 'second'");
        assertThatThrownBy(() -> Template.beside(TemplateTest.class, "none.txt"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("none.txt is missing from the program");
    }
}
