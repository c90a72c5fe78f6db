package org.hipsnode.serve.partner;

import java.time.Instant;

/**
 * A release that was served here.
 *
 * @param content digest of all its names and bytes
 * @param date as its keyword list says it; may be nothing
 * @param seen when it began to be served
 */
public record ServedRelease(String content, String date, long files, long bytes, Instant seen) {}
