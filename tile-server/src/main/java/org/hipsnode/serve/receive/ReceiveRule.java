package org.hipsnode.serve.receive;

import java.util.List;
import org.hipsnode.serve.access.SurveyPattern;

/**
 * What one partner may push here.
 *
 * @param partner the name of its credential
 * @param surveys paths at which it may
 * @param quota the most bytes that the surveys at these paths may have together
 * @param acceptsDefects whether a release is published although tiles of it are damaged
 */
public record ReceiveRule(String partner, List<SurveyPattern> surveys, long quota, boolean acceptsDefects) {
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
