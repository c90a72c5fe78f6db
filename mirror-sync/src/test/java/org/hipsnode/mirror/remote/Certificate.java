package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that only its own context trusts. */
public final class Certificate {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String TRUST = "javax.net.ssl.trustStore";

    private Certificate() {}

    /** Makes one. */
    public static SSLContext make(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = file(folder);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool made no certificate");
        }
        return context(file);
    }

    private static Path file(Path folder) {
        return folder.resolve("keys.p12");
    }

    /** Lets what is made from now on in this Java trust the certificate in a folder, too. */
    public static void trust(Path folder) {
        System.setProperty(TRUST, file(folder).toString());
        System.setProperty(TRUST + "Password", new String(PASSWORD));
    }

    /** Ends that. */
    public static void trustNoMore() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST + "Password");
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
