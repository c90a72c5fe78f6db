package org.hipsnode.serve.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The rule for the Host of a request (RFC 9112 §3.2): exactly one in HTTP/1.1, at most one before. */
final class Hosts {
    private Hosts() {}

    static boolean isRight(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        return switch (request.version()) {
            case HTTP_1_1 -> hosts.size() == 1;
            default -> hosts.size() <= 1;
        };
    }
}
