package org.hipsnode.serve.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Encryption of connections: BoringSSL where it is there, else that of the JDK. */
final class Tls {
    private Tls() {}

    static void configure(HttpServerOptions options, TlsFiles files) {
        options.setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate(files));
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
    }

    /** Returns the options of a running server with the files as they are now. */
    static ServerSSLOptions renewed(TlsFiles files) {
        return new ServerSSLOptions()
                .setKeyCertOptions(certificate(files))
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
    }

    private static PemKeyCertOptions certificate(TlsFiles files) {
        return new PemKeyCertOptions()
                .setCertPath(files.certificate().toString())
                .setKeyPath(files.key().toString());
    }

    /** Returns when the files were last changed. */
    static List<FileTime> times(TlsFiles files) throws IOException {
        return List.of(Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
    }
}
