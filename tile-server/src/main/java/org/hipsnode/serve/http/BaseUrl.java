package org.hipsnode.serve.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address by which a client reached this node. */
final class BaseUrl {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}\\](:\\d{1,5})?");

    private BaseUrl() {}

    /** Returns the address that the Host header tells, or that of this machine's side of the connection. */
    static String of(HttpServerRequest request) {
        String own = request.localAddress().hostAddress() + ":"
                + request.localAddress().port();
        String host = Optional.ofNullable(request.getHeader("Host"))
                .filter(h -> HOST.matcher(h).matches())
                .orElse(own);
        return request.scheme() + "://" + host;
    }
}
