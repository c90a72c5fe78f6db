package org.hipsnode.node;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hipsnode.Required;
import org.hipsnode.SharedData;

/** The assembled program, run as its users run it: as a process of its own. */
final class Program {
    private static final int PATIENCE_SECONDS = 300;

    private Program() {}

    /** How a run ended, and what it wrote. */
    record Ended(int code, String out, String err) {
        @Override
        public String toString() {
            return "exit " + code + "\n" + out + "\n" + err;
        }
    }

    static Ended run(Object... arguments) throws IOException {
        return run(command(arguments));
    }

    /** Returns the command that starts the program. */
    static List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                SharedData.project().resolve("hipsnode").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Skips the test where a program is not installed; fails it in CI. */
    static void require(String program) throws IOException {
        Required.tool(run(List.of("sh", "-c", "command -v " + program)).code() == 0, program);
    }

    /** Runs any command to its end. */
    static Ended run(List<String> command) throws IOException {
        return end(start(command));
    }

    /** Runs a command that was started to its end. */
    static Ended end(Started started) throws IOException {
        try (started) {
            if (!started.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                started.process.destroyForcibly();
                throw new IOException("no end after " + PATIENCE_SECONDS + " s: " + started);
            }
            return new Ended(started.process.exitValue(), read(started.out), read(started.err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A command that is running. */
    record Started(Process process, Path out, Path err) implements AutoCloseable {

        /** Waits for the first line of results. */
        String firstLine() throws IOException {
            return waitFor(out, "\n").lines().findFirst().orElseThrow();
        }

        /** Waits until something was written. */
        String waitFor(Path stream, String text) throws IOException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (System.nanoTime() < end) {
                String written = read(stream);
                if (written.contains(text)) {
                    return written;
                }
                if (!process.isAlive()) {
                    throw new IOException("ended before it wrote '" + text + "': " + read(out) + read(err));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            throw new IOException("never wrote '" + text + "': " + read(err));
        }

        /** Does what Ctrl-C does. */
        void interrupt() throws IOException {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    static Started start(List<String> command) throws IOException {
        Path out = Files.createTempFile("hipsnode-test", ".out");
        Path err = Files.createTempFile("hipsnode-test", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Started(process, out, err);
    }

    /** Starts a server on a folder; its address is the first line of its results. */
    static Started serve(Path folder) throws IOException {
        return start(command("serve", folder, "--port", "0"));
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Fetches an address again and again until the text there has some words, and returns it. */
    static String fetchUntil(String url, String words) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String found = "";
        while (System.nanoTime() < end) {
            try {
                found = new String(fetch(url), StandardCharsets.UTF_8);
                if (found.contains(words)) {
                    return found;
                }
            } catch (IOException e) {
                found = e.toString(); // it may come yet
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        throw new IOException("'" + url + "': expected '" + words + "', found " + found);
    }

    /** Fetches an address. */
    static byte[] fetch(String url) throws IOException {
        try (var in = URI.create(url).toURL().openStream()) {
            return in.readAllBytes();
        }
    }
}
