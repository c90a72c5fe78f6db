package org.hipsnode.serve.partner;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of the bytes of a survey here: whether they are as its manifest says.
 *
 * @param path at which it is served
 * @param verified when every byte was last found to be right, or put right
 * @param audited when all were last read
 * @param next when that is done again, as far as is known; empty if it is not, or is being done
 */
public record Fixity(
        String path,
        Optional<Instant> verified,
        Instant audited,
        Result result,
        Counts counts,
        Optional<Instant> next) {

    /** What came of the last reading. */
    public enum Result {
        GOOD,
        /** Something was damaged, and is right again. */
        REPAIRED,
        /** Something is damaged. */
        DAMAGED,
        /** It has no manifest to compare with. */
        UNPROVEN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many files there were.
     *
     * @param damaged of another content, or that could not be read
     * @param added of which the manifest does not tell
     * @param repaired of those before
     */
    public record Counts(long files, long bytes, long damaged, long missing, long added, long repaired) {
        /** Returns the number of files that were not as they should be. */
        public long bad() {
            return damaged + missing + added;
        }
    }

    /** Tells whether somebody should look after it. */
    public boolean isBad() {
        return result == Result.DAMAGED;
    }
}
