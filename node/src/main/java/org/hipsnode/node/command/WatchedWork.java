package org.hipsnode.node.command;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hipsnode.node.show.ProgressPrinter;
import org.hipsnode.node.show.Terminal;
import org.hipsnode.progress.Progress;

/**
 * Runs a long work: its progress is shown, and when the process is asked to stop, the work is cancelled and the process waits
 * until it has put its things away.
 */
final class WatchedWork {
    private static final int PATIENCE_SECONDS = 30;

    private final Progress progress;
    private final CountDownLatch ended = new CountDownLatch(1);

    private WatchedWork(Progress progress) {
        this.progress = progress;
    }

    /** A work with a result. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Runs a work; {@link CancellationException} if it was stopped, after saying so. */
    static <T> T run(Progress progress, Terminal terminal, boolean quiet, Work<T> work) throws IOException {
        WatchedWork watched = new WatchedWork(progress);
        Thread hook = new Thread(watched::stop, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        ProgressPrinter printer = new ProgressPrinter(progress, terminal, quiet);
        try {
            return work.run();
        } catch (CancellationException e) {
            printer.close();
            terminal.messages().println("hipsnode: interrupted: nothing was published");
            throw e;
        } finally {
            printer.close();
            watched.ended.countDown();
            remove(hook);
        }
    }

    private void stop() {
        progress.cancel();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return; // the next run clears away what is left
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending already, which is why the work did
        }
    }
}
