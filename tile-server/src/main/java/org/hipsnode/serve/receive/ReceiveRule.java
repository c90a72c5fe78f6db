package org.hipsnode.serve.receive;

import java.time.Duration;
import java.util.List;
import org.hipsnode.serve.access.SurveyPattern;

/**
 * What one partner may push here.
 *
 * @param partner the name of its credential
 * @param surveys paths at which it may
 * @param quota the most bytes that the surveys at these paths may have together
 * @param keepsUnfinished how long what has come of an upload stays when nobody goes on with it
 * @param acceptsDefects whether a release is published although tiles of it are damaged
 */
public record ReceiveRule(
        String partner, List<SurveyPattern> surveys, long quota, Duration keepsUnfinished, boolean acceptsDefects) {
    public static final Duration USUAL_KEEPING = Duration.ofDays(7);

    public ReceiveRule {
        surveys = List.copyOf(surveys);
        if (quota <= 0) {
            throw new IllegalArgumentException("quota must be more than 0 bytes, found " + quota);
        }
    }

    /** Tells whether a survey may be pushed to a path. */
    public boolean allows(String path) {
        return surveys.stream().anyMatch(pattern -> pattern.matchesPath(path));
    }
}
