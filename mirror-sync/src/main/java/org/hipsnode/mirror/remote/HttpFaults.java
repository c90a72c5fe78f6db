package org.hipsnode.mirror.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What went wrong with a connection, in words. */
final class HttpFaults {
    /** What to do about a certificate that this Java does not believe. */
    static final String NOT_TRUSTED =
            "expected a certificate that Java trusts, found another: look whether it is the right "
                    + "server; if its authority is your own, name a trust store that has it in "
                    + "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE";

    /** What the JDK says where a server closes the connection, as one of https does that is asked by http. */
    private static final String NO_BYTES = "header parser received no bytes";

    private static final String NO_ANSWER =
            "expected an answer, found that the connection was closed: look whether the server wants https";

    private static final int MOST_CAUSES = 20;

    private HttpFaults() {}

    static boolean isOfCertificates(@Nullable Throwable fault) {
        return Stream.<@Nullable Throwable>iterate(fault, Objects::nonNull, f -> f == null ? null : f.getCause())
                .limit(MOST_CAUSES)
                .anyMatch(GeneralSecurityException.class::isInstance);
    }

    static String reason(IOException e) {
        if (isOfCertificates(e)) {
            return NOT_TRUSTED;
        }
        if (e instanceof ConnectException) {
            return e.getCause() instanceof UnresolvedAddressException ? "no such host" : "nobody listens there";
        }
        if (e.getMessage() == null) {
            return e.getClass().getSimpleName();
        }
        return e.getMessage().contains(NO_BYTES) ? NO_ANSWER : e.getMessage();
    }
}
