package org.hipsnode.generate.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hipsnode.progress.Progress;

/**
 * Runs Hipsgen in a folder and follows what it says, until it ends by itself or is ended: by a cancelled progress, or because
 * it is silent for too long. Neither it nor, while it lives, what it started outlives the call.
 *
 * @param silence how long it may write nothing
 * @param tiles number of deepest tiles, for the progress
 * @param log where all that it writes goes
 */
record HipsgenProcess(Path folder, Duration silence, long tiles, OutputStream log, Progress progress) {
    private static final Duration GLANCE = Duration.ofMillis(100);

    /** How long the output may stay open after the process ended, held by some process that it started. */
    private static final Duration AFTERGLOW = Duration.ofSeconds(5);

    private static final int SECONDS_TO_DIE = 10;

    /** Runs a command; {@link CancellationException} if the progress was cancelled. */
    void run(List<String> command) throws IOException {
        Process process = start(command);
        ExecutorService reading = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hipsgen output");
            thread.setDaemon(true);
            return thread;
        });
        try {
            HipsgenOutput output = new HipsgenOutput(process.getInputStream(), log);
            reading.execute(output);
            Optional<String> failure = follow(process, output);
            if (failure.isPresent()) {
                throw new IOException(failure.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Hipsgen was running", e);
        } finally {
            kill(process);
            reading.shutdownNow();
        }
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("TERM"); // else it writes in colours
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private Optional<String> follow(Process process, HipsgenOutput output) throws IOException, InterruptedException {
        HipsgenVerdict verdict = new HipsgenVerdict();
        try (ActionPhases phases = new ActionPhases(progress, tiles)) {
            while (!isOver(process, output)) {
                Optional<HipsgenLine> line = output.next(GLANCE);
                line.ifPresent(verdict::hear);
                line.ifPresent(phases::hear);
                requireWanted();
                requireAlive(output);
            }
        }
        return verdict.failure(process.waitFor());
    }

    private static boolean isOver(Process process, HipsgenOutput output) {
        return output.isEnded() || (!process.isAlive() && output.silence().compareTo(AFTERGLOW) > 0);
    }

    private void requireWanted() {
        if (progress.isCancelled()) {
            throw new CancellationException("cancelled");
        }
    }

    private void requireAlive(HipsgenOutput output) throws IOException {
        if (output.silence().compareTo(silence) > 0) {
            throw new IOException("Hipsgen wrote nothing for " + silence.toSeconds() + " s and was ended; if it needs "
                    + "longer on this machine, give --aladin-silence MINUTES");
        }
    }

    private static void kill(Process process) throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            if (!process.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS)) {
                throw new IOException("process " + process.pid() + " of Hipsgen does not end: end it by hand");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
