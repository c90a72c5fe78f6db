package org.hipsnode.mirror.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidatorsTest {
    private static final Optional<String> TIME = Optional.of("Sat, 28 Nov 2026 12:18:04 GMT");
    private static final Optional<String> LATER = Optional.of("Sat, 28 Nov 2026 12:18:05 GMT");

    /** As nginx makes it: time and size. */
    private static final Optional<String> MADE_OF_IT = Optional.of("\"6b0ac67c-4e20\"");

    private static final Optional<String> OWN = Optional.of("\"cfb442cfb632673c\"");

    @Test
    void aTimeBeforeThatOfTheAnswerTellsAVersion() {
        assertThat(Validators.of(MADE_OF_IT, TIME, LATER)).isEqualTo(new Validators(MADE_OF_IT, TIME));
        assertThat(Validators.of(OWN, TIME, Optional.empty())).isEqualTo(new Validators(OWN, TIME));
        assertThat(Validators.of(OWN, Optional.empty(), LATER)).isEqualTo(new Validators(OWN, Optional.empty()));
    }

    @Test
    void aTimeOfTheSameSecondDoesNotNorATagOfIt() {
        assertThat(Validators.of(MADE_OF_IT, TIME, TIME)).isEqualTo(Validators.NONE);
        assertThat(Validators.of(OWN, TIME, TIME)).isEqualTo(new Validators(OWN, Optional.empty()));
        assertThat(Validators.of(OWN, Optional.of("now"), Optional.of("now"))).isEqualTo(Validators.NONE);
    }
}
