package org.hipsnode.serve.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request of the plainest kind says: GET over HTTP/1.1, a whole file, or none if the client has the newest.
 *
 * @param path the target as it came
 * @param etag the version that the client has; null if it has none
 * @param referer for the log; null if it was not said
 * @param agent for the log; null if it was not said
 */
record PlainRequest(
        String path,
        @Nullable String etag,
        @Nullable String referer,
        @Nullable String agent) {}
