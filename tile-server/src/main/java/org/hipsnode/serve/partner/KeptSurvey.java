package org.hipsnode.serve.partner;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a survey that this node makes itself.
 *
 * @param path at which it is served, once it is made
 * @param running whether a release is being made now, or waits for its turn
 * @param published when a release was last made
 * @param failing since when none could be made
 * @param next when it is next looked whether its sources have changed; empty while a release is being made
 */
public record KeptSurvey(
        String path, boolean running, Optional<Instant> published, Optional<Instant> failing, Optional<Instant> next) {}
