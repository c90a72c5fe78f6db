package org.hipsnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A certificate of this machine that no authority has signed: {@code chain.pem} and {@code key.pem} in a folder. */
final class SelfSigned {
    private static final String PASSWORD = "changeit";

    private SelfSigned() {}

    static void make(Path folder) throws IOException {
        run(
                folder,
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
                        + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out chain.pem");
    }

    /** Makes a store that trusts the certificate of a folder, and returns what leads a JVM to it, to be put into its environment. */
    static String trusted(Path folder) throws IOException {
        run(
                folder,
                "keytool -importcert -noprompt -alias test -file chain.pem -storetype PKCS12 -keystore trust.p12"
                        + " -storepass " + PASSWORD);
        return "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=" + folder.resolve("trust.p12")
                + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    private static void run(Path folder, String line) throws IOException {
        Program.Ended ended = Program.run(List.of("sh", "-c", "cd '" + folder + "' && exec " + line));
        assertThat(ended.code()).as(ended.toString()).isZero();
    }
}
