package org.hipsnode.serve.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The seam to the network: one request, one answer, no redirect followed. */
public interface Origin {

    /**
     * Asks, and waits for the answer; for threads that may wait.
     *
     * @param into where the body goes if the status is 200
     * @throws FetchException if there is no whole answer
     * @throws IOException if the body cannot be written
     */
    Reply ask(Question question, Path into) throws IOException;

    /**
     * A GET request.
     *
     * @param target the address to connect to, whatever the name in {@code uri} may mean by now
     * @param limit the most bytes of a body to take
     */
    record Question(URI uri, InetAddress target, Map<String, String> headers, long limit) {
        public Question {
            headers = Map.copyOf(headers);
        }

        /** Returns the port that the address names or means. */
        public int port() {
            int port = uri.getPort();
            return port >= 0 ? port : isSecure() ? 443 : 80;
        }

        public boolean isSecure() {
            return "https".equalsIgnoreCase(uri.getScheme());
        }
    }

    /**
     * An answer.
     *
     * @param headers by lower-case name, the last of several
     * @param bytes of the body that were received
     */
    record Reply(int status, Map<String, String> headers, long bytes) {
        public Reply {
            headers = Map.copyOf(headers);
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }
}
