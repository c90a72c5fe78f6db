package org.hipsnode.serve.http;

import io.netty.util.internal.PlatformDependent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a server works, apart from what it serves.
 *
 * @param cacheBytes memory for ready responses
 * @param openFiles how many files are kept open
 * @param connections how many clients may be connected at once
 * @param requestsPerConnection how many requests a connection may carry; from 2
 * @param drain how long requests in flight may take to finish when the server ends
 * @param rateLimit requests a second that one client may make on average; 0 for any number
 * @param tls certificate and key; empty to speak without TLS
 * @param redirectPort port without TLS, at which clients are sent to the one with it; empty for none
 * @param accessLog file of the access log; empty for none
 */
public record ServingOptions(
        long cacheBytes,
        int openFiles,
        int connections,
        int requestsPerConnection,
        Duration drain,
        int rateLimit,
        Optional<TlsFiles> tls,
        OptionalInt redirectPort,
        Optional<Path> accessLog) {
    private static final long MOST_BY_DEFAULT = 1L << 30;
    private static final int MOST_OPEN_FILES = 65_536;
    private static final int MOST_CONNECTIONS = 65_536;

    /** An open viewer makes a few thousand; what a connection has gathered in memory is let go of at the end. */
    private static final int REQUESTS_PER_CONNECTION = 100_000;

    /** Files that the program has open besides. */
    private static final int OTHER_FILES = 256;

    /** Returns what suits the machine: a quarter of the memory that buffers may have and 1 GiB at most, and the files that a process may open. */
    public static ServingOptions defaults() {
        long files = Descriptors.limit() - OTHER_FILES;
        return new ServingOptions(
                Math.min(MOST_BY_DEFAULT, mostCacheBytes() / 4),
                (int) Math.min(MOST_OPEN_FILES, files / 2),
                (int) Math.min(MOST_CONNECTIONS, files / 2),
                REQUESTS_PER_CONNECTION,
                Duration.ofSeconds(30),
                0,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** Returns the memory that buffers outside the heap may have in this process. */
    public static long mostCacheBytes() {
        return PlatformDependent.maxDirectMemory();
    }

    /** Returns these with what is given instead; connections get the files that are left. */
    public ServingOptions with(
            Optional<Long> newCache, Optional<Integer> newOpenFiles, Optional<Integer> newConnections) {
        int files = newOpenFiles.orElse(openFiles);
        long left = Descriptors.limit() - OTHER_FILES - files;
        return new ServingOptions(
                newCache.orElse(cacheBytes),
                files,
                newConnections.orElse((int) Math.max(1, Math.min(MOST_CONNECTIONS, left))),
                requestsPerConnection,
                drain,
                rateLimit,
                tls,
                redirectPort,
                accessLog);
    }

    /** Returns these with what is given instead. */
    public ServingOptions with(
            Optional<Duration> newDrain,
            Optional<Integer> newRateLimit,
            Optional<TlsFiles> newTls,
            Optional<Path> newLog) {
        return new ServingOptions(
                cacheBytes,
                openFiles,
                connections,
                requestsPerConnection,
                newDrain.orElse(drain),
                newRateLimit.orElse(rateLimit),
                newTls.or(() -> tls),
                redirectPort,
                newLog.or(() -> accessLog));
    }

    /** Returns these with another limit of requests on a connection. */
    public ServingOptions withRequestsPerConnection(int most) {
        return new ServingOptions(
                cacheBytes, openFiles, connections, most, drain, rateLimit, tls, redirectPort, accessLog);
    }

    /** Returns these with another port at which clients without TLS are sent to the one with it. */
    public ServingOptions withRedirectPort(OptionalInt newPort) {
        return new ServingOptions(
                cacheBytes, openFiles, connections, requestsPerConnection, drain, rateLimit, tls, newPort, accessLog);
    }
}
