package org.hipsnode.mirror.transfer;

/** How much comes from a server in windows of time, and how many exchanges it therefore gets. */
final class Load {
    private static final long WINDOW_NANOS = 250_000_000;

    /** So many bytes is a file worth beside those that it has. */
    private static final int FILE = 4096;

    private final Concurrency concurrency;
    private long began = System.nanoTime();
    private double amount;
    private double waited;
    private int answers;

    Load(int most) {
        this.concurrency = new Concurrency(most);
    }

    int limit() {
        return concurrency.limit();
    }

    void busy() {
        concurrency.busy();
    }

    /** Learns what an exchange brought, and how long it took. */
    void took(Outcome outcome, long nanos) {
        amount += FILE
                + (double)
                        (outcome instanceof Outcome.Whole file ? file.record().bytes() : 0);
        waited += (double) nanos;
        answers++;
        long now = System.nanoTime();
        if (now - began >= WINDOW_NANOS) {
            concurrency.window(amount / (double) (now - began), waited / answers);
            began = now;
            amount = 0;
            waited = 0;
            answers = 0;
        }
    }
}
