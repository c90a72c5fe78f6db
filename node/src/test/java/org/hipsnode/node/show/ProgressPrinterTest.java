package org.hipsnode.node.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProgressPrinterTest {
    private final AtomicLong now = new AtomicLong(5_000_000_000L);
    private final Progress progress = new Progress(now::get);
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    private Terminal terminal(boolean interactive) {
        return new Terminal(
                new PrintStream(results, true, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                interactive);
    }

    /** Shows when it is told to, and not by the clock. */
    private ProgressPrinter printer(boolean interactive) {
        return new ProgressPrinter(progress, terminal(interactive), true);
    }

    private void seconds(double seconds) {
        now.addAndGet((long) (seconds * 1e9));
    }

    private String said() {
        return messages.toString(StandardCharsets.UTF_8);
    }

    /** Returns what a terminal shows in its current line. */
    private String onScreen() {
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (char c : said().toCharArray()) {
            if (c == '\r') {
                column = 0;
            } else if (c == '\n') {
                line.setLength(0);
                column = 0;
            } else {
                line.setLength(Math.max(line.length(), column));
                line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
                column++;
            }
        }
        return line.toString().stripTrailing();
    }

    @Test
    void tellsWhatIsDoneHowFastAndWhatIsLeft() {
        try (Progress.Phase phase = progress.begin("make tiles", "tiles", 40)) {
            assertThat(ProgressPrinter.line(phase)).isEqualTo("make tiles: 0/40 (0 %) tiles, 0.0/s");
            seconds(2);
            phase.add(10, 2_000_000);
            assertThat(ProgressPrinter.line(phase))
                    .isEqualTo("make tiles: 10/40 (25 %) tiles, 5.0/s, 2.0 MB, 6.0 s left");
            phase.add(30, 0);
            assertThat(ProgressPrinter.line(phase))
                    .isEqualTo("make tiles: 40/40 (100 %) tiles, 20/s, 2.0 MB, 0.0 s left");
        }
    }

    @Test
    void aSlowWorkIsNotStandingStill() {
        try (Progress.Phase phase = progress.begin("make a sky", "base cells", 12)) {
            seconds(10);
            phase.add(2, 0);
            assertThat(ProgressPrinter.line(phase)).isEqualTo("make a sky: 2/12 (16 %) base cells, 0.2/s, 50.0 s left");
        }
    }

    @Test
    void withoutTotalNothingIsLeft() {
        try (Progress.Phase phase = progress.begin("look", "files", 0)) {
            seconds(1);
            phase.add(7, 0);
            assertThat(ProgressPrinter.line(phase)).isEqualTo("look: 7 files, 7.0/s");
        }
    }

    @Test
    void aTerminalShowsOneLineDrawnOverAndNothingInTheEnd() {
        try (ProgressPrinter printer = printer(true)) {
            printer.show();
            assertThat(said()).isEmpty();
            try (Progress.Phase phase = progress.begin("the longer name", "tiles", 0)) {
                seconds(1);
                phase.add(100_000, 0);
                printer.show();
                assertThat(onScreen()).isEqualTo("the longer name: 100000 tiles, 100000/s");
            }
            try (Progress.Phase phase = progress.begin("short", "tiles", 0)) {
                seconds(1);
                phase.add(1, 0);
                printer.show();
                assertThat(onScreen()).isEqualTo("short: 1 tiles, 1.0/s");
            }
        }
        assertThat(onScreen()).isEmpty();
        assertThat(said()).doesNotContain("\n");
        assertThat(results.size()).isZero();
    }

    @Test
    void aLogHasLinesThatStay() {
        try (ProgressPrinter printer = printer(false);
                Progress.Phase phase = progress.begin("make tiles", "tiles", 0)) {
            seconds(1);
            phase.add(5, 0);
            printer.show();
            phase.add(5, 0);
            printer.show();
        }
        assertThat(said().lines()).containsExactly("make tiles: 5 tiles, 5.0/s", "make tiles: 10 tiles, 10/s");
        assertThat(said()).doesNotContain("\r");
    }

    @Test
    void whatHasEndedIsNotShown() {
        try (ProgressPrinter printer = printer(false)) {
            progress.begin("look", "files", 0).close();
            printer.show();
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void afterItsEndItLeavesTheLineToOthers() {
        ProgressPrinter printer = printer(true);
        try (Progress.Phase phase = progress.begin("make tiles", "tiles", 0)) {
            phase.add(1, 0);
            printer.show();
            printer.close();
            messages.reset();
            printer.show();
            printer.close();
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void showsByItselfOnATerminalUnlessItIsToBeQuiet() {
        ByteArrayOutputStream silence = new ByteArrayOutputStream();
        Terminal other = new Terminal(System.out, new PrintStream(silence, true, StandardCharsets.UTF_8), true);
        ProgressPrinter quiet = new ProgressPrinter(progress, other, true);
        ProgressPrinter printer = new ProgressPrinter(progress, terminal(true), false);
        try (Progress.Phase phase = progress.begin("make tiles", "tiles", 0)) {
            phase.add(1, 0);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (said().split("\r", -1).length < 4 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(said()).startsWith("\rmake tiles: 1 tiles").endsWith("/s");
            assertThat(silence.size()).isZero();
        } finally {
            printer.close();
            quiet.close();
        }
    }
}
