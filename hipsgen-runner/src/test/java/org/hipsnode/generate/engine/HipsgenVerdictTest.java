package org.hipsnode.generate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HipsgenVerdictTest {
    private static final String BEGIN = "RUN   : ====== MAPTILES ======";
    private static final String END = "DONE  : ====== THE END (done in 7s) ======";

    private static Optional<String> failure(int status, String... lines) {
        HipsgenVerdict verdict = new HipsgenVerdict();
        for (String line : lines) {
            verdict.hear(HipsgenLine.parse(line));
        }
        return verdict.failure(status);
    }

    @Test
    void theEndIsSuccess() {
        assertThat(failure(0, BEGIN, "*WARN*: Too high mocOrder (7) => assume 6", END, "INFO  : a tip"))
                .isEmpty();
    }

    @Test
    void anErrorIsFailureWhateverFollows() {
        assertThat(failure(0, BEGIN, "*ERROR: first", "*ERROR: no room left", "ABORT : MAPTILES abort", END))
                .contains("Hipsgen's action MAPTILES failed: no room left");
        assertThat(failure(0, "*ERROR: Option unknown [x]")).contains("Hipsgen failed: Option unknown [x]");
    }

    @Test
    void anAbortIsFailureAndItsExceptionTheReason() {
        assertThat(failure(0, BEGIN, "ABORT : MAPTILES abort (after 1s)", "ABORT : === (aborted after 1s ==="))
                .contains("Hipsgen's action MAPTILES failed: MAPTILES abort (after 1s)");
        assertThat(failure(0, BEGIN, "java.lang.ArithmeticException: / by zero", "\tat x.y", "ABORT : MAPTILES abort"))
                .contains("Hipsgen's action MAPTILES failed: java.lang.ArithmeticException: / by zero");
    }

    @Test
    void anyOtherEndIsFailure() {
        assertThat(failure(0, BEGIN, "INFO  : reading", "..."))
                .contains(
                        "Hipsgen's action MAPTILES stopped (exit status 0) before it was done; it said last: reading");
        assertThat(failure(137, BEGIN, "INFO  : reading"))
                .contains(
                        "Hipsgen's action MAPTILES was killed (exit status 137) before it was done; it said last: reading");
        assertThat(failure(1)).contains("Hipsgen stopped (exit status 1) before it was done, without a word");
        assertThat(failure(1, "Error: Unable to access jarfile x.jar"))
                .contains("Hipsgen stopped (exit status 1) before it was done; it said last: "
                        + "Error: Unable to access jarfile x.jar");
        assertThat(failure(143, BEGIN, END)).isPresent();
    }
}
