package org.hipsnode.serve.partner;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of a copy that this node keeps up to date.
 *
 * @param path at which it is served, once it is here
 * @param origin address of the survey that is copied
 * @param newest release date that the origin was last seen to have, as it says it
 * @param running whether it is being brought up to date now
 * @param secret whether nobody may hear of it, as long as the copy itself does not tell that everybody may
 */
public record KeptCopy(
        String path,
        String origin,
        Health health,
        Times times,
        Optional<String> newest,
        boolean running,
        boolean secret) {

    /**
     * When it was looked after.
     *
     * @param asked when the origin was last found to have nothing else
     * @param published when the release that is here was published
     * @param verified when that was, if all of it came then and was verified; what was there before is not read again
     * @param failing since when no run has ended well
     * @param next when the next run begins; empty while one is going on
     */
    public record Times(
            Optional<Instant> asked,
            Optional<Instant> published,
            Optional<Instant> verified,
            Optional<Instant> failing,
            Optional<Instant> next) {}

    /** How a copy is, the worst last. */
    public enum Health {
        OK,
        /** No run has ended yet. */
        NEW,
        /** The last runs have failed. */
        FAILING,
        /** For too long nobody knows whether the origin has something else. */
        STALE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Tells whether somebody should look after it. */
        public boolean isBad() {
            return this == FAILING || this == STALE;
        }
    }
}
