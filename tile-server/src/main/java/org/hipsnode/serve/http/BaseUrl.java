package org.hipsnode.serve.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address by which a client reached this node. */
final class BaseUrl {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}\\](:\\d{1,5})?");

    private static final int HTTPS_PORT = 443;

    private BaseUrl() {}

    /** Returns the address that the Host header tells, or that of this machine's side of the connection. */
    static String of(HttpServerRequest request) {
        return request.scheme() + "://" + host(request);
    }

    /** Returns the address of the port with TLS on the same host. */
    static String secure(HttpServerRequest request, int port) {
        String host = host(request).replaceFirst(":\\d{1,5}$", "");
        return "https://" + host + (port == HTTPS_PORT ? "" : ":" + port);
    }

    private static String host(HttpServerRequest request) {
        String own = request.localAddress().hostAddress() + ":"
                + request.localAddress().port();
        return Optional.ofNullable(request.getHeader("Host"))
                .filter(h -> HOST.matcher(h).matches())
                .orElse(own);
    }
}
