package org.hipsnode.mirror.transfer;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files that are here whole and not yet proven and written: while there are many, no more are asked for, so that they take little
 * memory and are still in the processor's cache when their turn comes.
 *
 * <p>It is added to, and asked, on one thread; files are done on others.
 */
final class Backlog {
    static final int MOST = 16;

    /** Who had to wait is told when so few are left, not at each file. */
    static final int FEW = 8;

    private final AtomicInteger files = new AtomicInteger();
    private volatile boolean waitedFor;

    void added() {
        files.incrementAndGet();
    }

    /** Learns that a file is done; tells whether somebody waits for that. */
    boolean done() {
        boolean tells = files.decrementAndGet() <= FEW && waitedFor;
        if (tells) {
            waitedFor = false;
        }
        return tells;
    }

    /** Tells whether more may be asked for; if not, {@link #done} will tell when. */
    boolean hasRoom() {
        if (files.get() < MOST) {
            return true;
        }
        waitedFor = true;
        return files.get() < MOST; // once more: the others may have been done before they could know
    }
}
