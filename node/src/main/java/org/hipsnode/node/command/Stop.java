package org.hipsnode.node.command;

import java.util.concurrent.CountDownLatch;
import org.hipsnode.serve.http.SurveyServer;

/** Waits until the process is asked to stop, and then lets the server end first. */
final class Stop {
    private final CountDownLatch asked = new CountDownLatch(1);

    private Stop() {}

    static Stop onSignal(SurveyServer server) {
        return onSignal(server, () -> {});
    }

    /**
     * Waits for the signal.
     *
     * @param then what is to be done when the server has ended, before the process does
     */
    static Stop onSignal(SurveyServer server, Runnable then) {
        Stop stop = new Stop();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            then.run();
                            stop.asked.countDown();
                        },
                        "stop"));
        return stop;
    }

    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
