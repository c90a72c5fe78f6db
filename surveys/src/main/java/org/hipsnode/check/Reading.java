package org.hipsnode.check;

import java.util.function.LongConsumer;
import org.hipsnode.io.ReadGate;

/**
 * How the files of a survey are read when it is compared with its manifest.
 *
 * @param after so many of them, in the sequence of the manifest, which were read before
 * @param gate that every piece of a file passes
 * @param done learns how many of them are done
 */
public record Reading(long after, ReadGate gate, LongConsumer done) {
    /** From the first on, as fast as the disk gives them. */
    public static final Reading ALL = new Reading(0, ReadGate.OPEN, done -> {});
}
