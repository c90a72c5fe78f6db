package org.hipsnode.mirror.transfer;

import java.time.Duration;
import java.util.Optional;

/** A time in which a server is out of reach; it is given up when that lasts too long. */
final class Outage {
    private static final long TOGETHER_NANOS = 1_000_000_000;

    private final Duration patience;
    private Optional<String> givenUp = Optional.empty();
    private int failures;
    private long since;
    private long counted;

    Outage(Duration patience) {
        this.patience = patience;
    }

    /**
     * Learns that the server is still out of reach, and returns how often it was in one go: requests that fail together count
     * once.
     */
    int goesOn(String reason, long nanos) {
        since = failures == 0 ? nanos : since;
        if (failures == 0 || nanos - counted >= TOGETHER_NANOS) {
            failures++;
            counted = nanos;
        }
        if (nanos - since >= patience.toNanos()) {
            giveUp(reason);
        }
        return failures;
    }

    void ended() {
        failures = 0;
    }

    void giveUp(String reason) {
        givenUp = Optional.of(reason);
    }

    /** Returns why the server is not asked any more, if so. */
    Optional<String> givenUp() {
        return givenUp;
    }
}
