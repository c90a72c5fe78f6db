package org.hipsnode.mirror.remote;

import java.net.URI;
import java.util.Locale;

/** A server as an address names it: two addresses of one are asked over the same connections. */
public record Endpoint(boolean secure, String host, int port) {

    /** Returns the server of an address of http or https. */
    public static Endpoint of(URI uri) {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        return new Endpoint(secure, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** Returns the host as a name to look up: IPv6 without brackets. */
    public String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the host header. */
    String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return authority();
    }
}
