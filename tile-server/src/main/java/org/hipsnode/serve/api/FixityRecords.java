package org.hipsnode.serve.api;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.serve.partner.Fixity;

/** How it is told to programs what is known of a survey's bytes. */
final class FixityRecords {
    private FixityRecords() {}

    /** Returns what the last audit found. */
    static Map<String, Object> of(Fixity fixity) {
        Fixity.Counts counts = fixity.counts();
        Map<String, Object> audit = new LinkedHashMap<>();
        audit.put("time", text(fixity.audited()));
        audit.put("result", fixity.result().word());
        audit.put("files", counts.files());
        audit.put("bytes", counts.bytes());
        audit.put("damaged", counts.damaged());
        audit.put("missing", counts.missing());
        audit.put("added", counts.added());
        audit.put("repaired", counts.repaired());
        fixity.next().ifPresent(next -> audit.put("next", text(next)));
        return audit;
    }

    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.filter(time -> other.isEmpty() || time.isAfter(other.get())).or(() -> other);
    }
}
