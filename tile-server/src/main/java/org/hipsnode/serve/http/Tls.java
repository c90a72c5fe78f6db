package org.hipsnode.serve.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;

/** Encryption of connections: BoringSSL where it is there, else that of the JDK. */
final class Tls {
    private Tls() {}

    static void configure(HttpServerOptions options, TlsFiles files) {
        options.setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate(files));
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
    }

    static PemKeyCertOptions certificate(TlsFiles files) {
        return new PemKeyCertOptions()
                .setCertPath(files.certificate().toString())
                .setKeyPath(files.key().toString());
    }
}
