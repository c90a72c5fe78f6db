package org.hipsnode.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The phases of a long work, each with what is done of its total; also the place where the work learns that it is to stop.
 *
 * <p>Any number of threads may count; one begins and ends phases.
 */
public final class Progress {
    private final LongSupplier nanoTime;
    private final List<Phase> phases = new ArrayList<>();
    private volatile boolean cancelled;

    /** Takes a clock, such as {@code System::nanoTime}. */
    public Progress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** One phase. */
    public final class Phase implements AutoCloseable {
        private final String name;
        private final String unit;
        private final long total;
        private final long started = nanoTime.getAsLong();
        private final LongAdder done = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private volatile long ended = -1;

        private Phase(String name, String unit, long total) {
            this.name = name;
            this.unit = unit;
            this.total = total;
        }

        /** Counts units and bytes done; throws if the work was cancelled. */
        public void add(long units, long bytesWritten) {
            if (cancelled) {
                throw new CancellationException("cancelled");
            }
            done.add(units);
            bytes.add(bytesWritten);
        }

        public String name() {
            return name;
        }

        /** Returns what is counted, such as tiles. */
        public String unit() {
            return unit;
        }

        /** Returns how many units there are in all; 0 if that is not known. */
        public long total() {
            return total;
        }

        public long done() {
            return done.sum();
        }

        public long bytes() {
            return bytes.sum();
        }

        public boolean isEnded() {
            return ended >= 0;
        }

        public double seconds() {
            return ((isEnded() ? ended : nanoTime.getAsLong()) - started) / 1e9;
        }

        @Override
        public void close() {
            ended = nanoTime.getAsLong();
        }
    }

    /** Begins a phase, which ends when it is closed. */
    public synchronized Phase begin(String name, String unit, long total) {
        Phase phase = new Phase(name, unit, total);
        phases.add(phase);
        return phase;
    }

    /** Returns the phases so far, in their sequence. */
    public synchronized List<Phase> phases() {
        return List.copyOf(phases);
    }

    /** Asks the work to stop; the next count throws {@link CancellationException}. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
