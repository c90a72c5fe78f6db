package org.hipsnode.serve.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.hipsnode.config.ConfigException;

/** Encryption of connections: BoringSSL where it is there, else that of the JDK. */
final class Tls {
    private Tls() {}

    static void configure(HttpServerOptions options, TlsFiles files) {
        options.setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate(files));
        if (OpenSSLEngineOptions.isAvailable()) {
            options.setSslEngineOptions(new OpenSSLEngineOptions());
        }
    }

    /** Loads what encrypts, which takes longer than an event loop may wait. */
    static void prepare(Vertx vertx, TlsFiles files) throws ConfigException {
        var unused = OpenSSLEngineOptions.isAvailable();
        requirePair(vertx, files);
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

    /** Refuses a certificate and a key that do not belong together: clients would only be told that something failed. */
    static void requirePair(Vertx vertx, TlsFiles files) throws ConfigException {
        try {
            KeyManagerFactory factory = certificate(files).getKeyManagerFactory(vertx);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509KeyManager keys && !isPair(keys)) {
                    throw new ConfigException("'" + files.key() + "' is not the key of '" + files.certificate() + "'");
                }
            }
        } catch (ConfigException e) {
            throw e;
        } catch (Exception e) { // what Vert.x declares
            throw new ConfigException(
                    "'" + files.certificate() + "' or '" + files.key() + "' cannot be read as PEM: " + e.getMessage());
        }
    }

    private static boolean isPair(X509KeyManager keys) throws GeneralSecurityException {
        for (String type : List.of("RSA", "EC", "Ed25519", "EdDSA")) {
            String[] aliases = keys.getServerAliases(type, null);
            for (String alias : aliases == null ? new String[0] : aliases) {
                if (!isPair(keys.getCertificateChain(alias)[0].getPublicKey(), keys.getPrivateKey(alias))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Tells whether what one key signs the other can verify. */
    private static boolean isPair(PublicKey known, PrivateKey secret) throws GeneralSecurityException {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(text);
        Signature checking = Signature.getInstance(algorithm);
        try {
            checking.initVerify(known);
            checking.update(text);
            return checking.verify(signing.sign());
        } catch (InvalidKeyException | SignatureException e) {
            return false; // keys of two kinds
        }
    }

    /** Returns when the files were last changed. */
    static List<FileTime> times(TlsFiles files) throws IOException {
        return List.of(Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
    }
}
