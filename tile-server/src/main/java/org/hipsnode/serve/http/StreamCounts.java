package org.hipsnode.serve.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections of HTTP/2 in order after so many requests; belongs to one event loop.
 *
 * <p>The client is told by GOAWAY to ask on another connection; what it has sent before that has reached it is answered too
 * (RFC 9113 §6.8).
 */
final class StreamCounts {
    /** Time for the first GOAWAY to arrive, and for requests that were on their way. */
    private static final int FAREWELL_MILLIS = 1_000;

    private static final int NO_ERROR = 0;

    /** A client that has not taken its last answers by then does not get them. */
    private static final int MOST_CLOSING_MINUTES = 10;

    private final Vertx vertx;
    private final int most;
    private final IdentityHashMap<HttpConnection, Integer> counts = new IdentityHashMap<>();

    /**
     * Prepares to count.
     *
     * @param most how many requests a connection may carry
     */
    StreamCounts(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /** Counts a request; those of HTTP/1.1 are counted by {@link HitHandler}. */
    void add(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return;
        }
        HttpConnection connection = request.connection();
        if (counts.merge(connection, 1, Integer::sum) == most) {
            announceEnd(connection);
            vertx.setTimer(FAREWELL_MILLIS, later -> end(connection));
        }
    }

    /** Vert.x wants its shutdown used instead; that alone drops what the client sends until it hears of it. */
    @SuppressWarnings("deprecation")
    private static void announceEnd(HttpConnection connection) {
        var unused = connection.goAway(NO_ERROR, Integer.MAX_VALUE);
    }

    private static void end(HttpConnection connection) {
        var unused = connection.shutdown(MOST_CLOSING_MINUTES, TimeUnit.MINUTES);
    }

    /** Forgets a connection that is closed. */
    void remove(HttpConnection connection) {
        counts.remove(connection);
    }
}
