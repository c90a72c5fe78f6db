package org.hipsnode.generate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hipsnode.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that end as Hipsgen may, and worse: small scripts, run as real processes. */
@Timeout(60)
class HipsgenProcessTest {
    private static final String BEGIN = "echo 'RUN   : ==== MAPTILES ===='\n";
    private static final String END = "echo 'DONE  : ==== THE END (done in 1s) ===='\n";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Progress progress = new Progress(System::nanoTime);

    private void run(String script) throws IOException {
        run(script, Duration.ofSeconds(30));
    }

    private void run(String script, Duration silence) throws IOException {
        new HipsgenProcess(folder, silence, 768, log, progress).run(List.of("sh", "-c", script));
    }

    private void assertFails(String script, String... message) {
        assertThatThrownBy(() -> run(script))
                .isInstanceOf(IOException.class)
                .message()
                .contains(message);
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void actionsBecomePhasesAndAllOutputIsLogged() throws IOException {
        run("pwd\n" + BEGIN
                + "printf '..'; echo 'STAT  : 192/768 tiles in 1s (25.0%)'\n"
                + "echo 'STAT  : 10.0% in 1s'; echo 'DONE  : MAPTILES done (in 2s)' >&2\n"
                + "echo 'RUN   : ==== PNG ===='; echo 'STAT  : 384/768 tiles in 1s'\n" + END);
        assertThat(progress.phases())
                .extracting(Progress.Phase::name)
                .containsExactly("hipsgen maptiles", "hipsgen png");
        assertThat(progress.phases()).extracting(Progress.Phase::done).containsExactly(768L, 384L);
        assertThat(progress.phases()).allMatch(p -> p.isEnded() && p.total() == 768);
        assertThat(logged()).startsWith(folder.toRealPath().toString()).contains("..STAT  : 192", "THE END");
    }

    @Test
    void isToldToWriteWithoutColoursAndReadsNothing() throws IOException {
        run("echo \"TERM is '$TERM'\"; cat\n" + END);
        assertThat(logged()).startsWith("TERM is ''\n");
    }

    @Test
    void exitStatusZeroIsNoSuccess() {
        assertFails(BEGIN + "echo 'INFO  : reading'", "MAPTILES stopped (exit status 0) before it was done", "reading");
        assertFails(BEGIN + "echo '*ERROR: no room left'\n" + END, "MAPTILES failed: no room left");
        assertFails("", "without a word");
    }

    @Test
    void deathIsFailure() {
        assertFails(BEGIN + "exit 3", "MAPTILES stopped (exit status 3)");
        assertFails(BEGIN + "kill -9 $$", "MAPTILES was killed (exit status 137)");
        assertFails(END + "exit 1", "exit status 1");
    }

    @Test
    void aCommandThatIsNotThereIsFailure() {
        assertThatThrownBy(() -> new HipsgenProcess(folder, Duration.ofSeconds(9), 1, log, progress)
                        .run(List.of("/nowhere/java", "-jar", "aladin.jar")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/nowhere/java");
    }

    @Test
    void nonsenseIsFailure() {
        assertFails("head -c 300000 /dev/urandom", "stopped (exit status 0)");
        assertThat(log.size()).isEqualTo(300000);
    }

    @Test
    void endlessOutputIsEnded() {
        assertFails("yes " + "nonsense".repeat(100), "wrote more than 8 MB");
        assertFails("tr '\\0' x < /dev/zero", "wrote more than 8 MB");
        assertThat((long) log.size()).isLessThanOrEqualTo(2 * HipsgenOutput.MOST_BYTES);
    }

    @Test
    void silenceIsEnded() throws IOException {
        assertThatThrownBy(() -> run(noteProcess() + BEGIN + "sleep 1000", Duration.ofMillis(300)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrote nothing for 0 s and was ended")
                .hasMessageContaining("--aladin-silence");
        assertDead();
    }

    @Test
    void dotsAreSignsOfLife() throws IOException {
        run("for i in 1 2 3 4 5 6; do printf .; sleep 0.4; done; echo\n" + END, Duration.ofSeconds(2));
        assertThat(logged()).startsWith("......");
    }

    /** Notes the numbers of the process and of one that it starts. */
    private String noteProcess() {
        return "echo $$ > pids; sleep 1000 & echo $! >> pids\n";
    }

    private void assertDead() throws IOException {
        List<String> pids = Files.readAllLines(folder.resolve("pids"));
        assertThat(pids).hasSize(2);
        for (String pid : pids) {
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(process ->
                            process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        }
    }

    @Test
    void cancellingEndsTheProcessAndWhatItStarted() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> running = thread.submit(() -> {
                run(noteProcess() + BEGIN + "while :; do printf .; sleep 0.1; done");
                return null;
            });
            while (progress.phases().isEmpty()) {
                Thread.onSpinWait();
            }
            progress.cancel();
            assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
            assertDead();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void anInterruptEndsTheProcess() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> running = thread.submit(() -> {
                run(noteProcess() + BEGIN + "sleep 1000");
                return null;
            });
            while (progress.phases().isEmpty()) {
                Thread.onSpinWait();
            }
            thread.shutdownNow();
            assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(InterruptedException.class);
            assertDead();
        } finally {
            thread.shutdownNow();
        }
    }

    /** The output stays open as long as anybody holds it. */
    @Test
    void somebodyWhoKeepsTheOutputOpenIsNotWaitedForLong() throws IOException {
        long start = System.nanoTime();
        run("sleep 50 & echo $! > pid\n" + END + "sleep 1");
        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).trim()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aLogThatCannotBeWrittenIsFailure() {
        java.io.OutputStream full = new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        assertThatThrownBy(() -> new HipsgenProcess(folder, Duration.ofSeconds(30), 1, full, progress)
                        .run(List.of("sh", "-c", BEGIN + END)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no space left");
    }
}
