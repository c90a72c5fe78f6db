package org.hipsnode.serve.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.hipsnode.serve.origin.Hops;
import org.hipsnode.serve.origin.Provision;
import org.hipsnode.serve.origin.SurveyCache;

/** Waits for files of remote surveys without holding up an event loop. */
final class RemoteFiles {
    private RemoteFiles() {}

    /** Returns where a file is, once it is there; on the loop of the request. */
    static Future<Provision> provide(Vertx vertx, HttpServerRequest request, SurveyCache cache, String name) {
        Hops hops = Hops.parse(request.headers().getAll("Via"));
        return vertx.executeBlocking(() -> cache.local(name), false)
                .compose(here -> here.map(Future::succeededFuture).orElseGet(() -> fetched(cache, name, hops)))
                .otherwise(e -> new Provision.Unavailable(503, "what was fetched cannot be read", 5));
    }

    private static Future<Provision> fetched(SurveyCache cache, String name, Hops hops) {
        return Future.fromCompletionStage(cache.fetch(name, hops), Vertx.currentContext());
    }
}
