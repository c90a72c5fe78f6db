package org.hipsnode.mirror.transfer;

import java.time.Duration;
import java.util.Optional;

/** A time in which a server is out of reach; it is given up when that lasts too long. */
final class Outage {
    private final Duration patience;
    private Optional<String> givenUp = Optional.empty();
    private int failures;
    private long since;

    Outage(Duration patience) {
        this.patience = patience;
    }

    /** Learns that the server is still out of reach, and returns how often it was in one go. */
    int goesOn(String reason, long nanos) {
        since = failures++ == 0 ? nanos : since;
        if (nanos - since >= patience.toNanos() && failures > 1) {
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
