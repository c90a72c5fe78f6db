package org.hipsnode.node.show;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.hipsnode.progress.Progress;
import org.jspecify.annotations.Nullable;

/** Shows how far a work has come: a line drawn over and over on a terminal, one line each ten seconds in a log. */
public final class ProgressPrinter implements AutoCloseable {
    private static final long TERMINAL_MILLIS = 200;
    private static final long LOG_MILLIS = 10_000;

    private final Progress progress;
    private final Terminal terminal;
    private final ScheduledExecutorService timer;
    private @Nullable ScheduledFuture<?> shown;
    private int drawn;
    private boolean closed;

    /** Starts to show, unless it is to be quiet. */
    public ProgressPrinter(Progress progress, Terminal terminal, boolean quiet) {
        this.progress = progress;
        this.terminal = terminal;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        long interval = terminal.interactive() ? TERMINAL_MILLIS : LOG_MILLIS;
        if (!quiet) {
            shown = timer.scheduleAtFixedRate(this::show, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    /** Shows the phase that goes on, if one does. */
    synchronized void show() {
        List<Progress.Phase> phases = progress.phases();
        if (closed || phases.isEmpty() || phases.get(phases.size() - 1).isEnded()) {
            return;
        }
        String line = line(phases.get(phases.size() - 1));
        if (terminal.interactive()) {
            terminal.messages().print("\r" + pad(line));
            terminal.messages().flush();
            drawn = line.length();
        } else {
            terminal.messages().println(line);
        }
    }

    /** Covers what is left of a longer line before. */
    private String pad(String line) {
        return line + " ".repeat(Math.max(0, drawn - line.length()));
    }

    /** Returns the state of a phase: done, rate, bytes and the time that it will still take. */
    static String line(Progress.Phase phase) {
        double seconds = Math.max(phase.seconds(), 1e-3);
        double rate = phase.done() / seconds;
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%s: %d%s %s", phase.name(), phase.done(), ofTotal(phase), phase.unit()));
        line.append(String.format(Locale.ROOT, rate < 9.95 ? ", %.1f/s" : ", %.0f/s", rate));
        if (phase.bytes() > 0) {
            line.append(", ").append(Quantities.bytes((double) phase.bytes()));
        }
        if (phase.total() > 0 && rate > 0) {
            line.append(", ")
                    .append(Quantities.seconds(Math.max(0.0, (double) phase.total() - phase.done()) / rate))
                    .append(" left");
        }
        return line.toString();
    }

    private static String ofTotal(Progress.Phase phase) {
        return phase.total() > 0
                ? String.format(Locale.ROOT, "/%d (%d %%)", phase.total(), 100 * phase.done() / phase.total())
                : "";
    }

    /** Stops, and clears the line. */
    @Override
    public void close() {
        if (shown != null) {
            shown.cancel(false);
        }
        timer.shutdown();
        synchronized (this) {
            if (drawn > 0) {
                terminal.messages().print("\r" + " ".repeat(drawn) + "\r");
                terminal.messages().flush();
                drawn = 0;
            }
            closed = true;
        }
    }
}
