package org.hipsnode.node.state;

import java.time.Instant;

/**
 * A release that was served.
 *
 * @param survey path of the survey in the node
 * @param content digest of all its names and bytes
 * @param releaseDate as its keyword list says it; may be nothing
 * @param seen when it began to be served
 */
public record PastRelease(String survey, String content, String releaseDate, long files, long bytes, Instant seen) {}
