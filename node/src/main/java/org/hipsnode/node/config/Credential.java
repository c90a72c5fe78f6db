package org.hipsnode.node.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.remote.Secret;

/** What is shown to another node, from a file; read anew each time, so that it can be exchanged while a node runs. */
public final class Credential {
    private static final int MOST_BYTES = 8192;

    private Credential() {}

    /**
     * Reads a credential for a server.
     *
     * @throws ConfigException if the file has none, or everybody on the way to the server could read it
     */
    public static Secret read(Path file, WebAddress to) throws IOException {
        requireSafe(to);
        String text = new String(BoundedReads.readFile(file, MOST_BYTES), StandardCharsets.UTF_8);
        return parse(text, "'" + file + "'");
    }

    /**
     * Takes a credential from a text.
     *
     * @param where it was found, for the message if it is none
     */
    public static Secret parse(String text, String where) throws ConfigException {
        return Secret.parse(text)
                .orElseThrow(() -> new ConfigException("expected in " + where + " " + Secret.EXPECTED + ", found "
                        + (text.isBlank()
                                ? "nothing; the other node's operator makes one: hipsnode credential add"
                                : "something else")));
    }

    private static void requireSafe(WebAddress to) throws IOException {
        boolean tls = to.uri().getScheme().toLowerCase(Locale.ROOT).equals("https");
        if (!tls && !InetAddress.getByName(to.uri().getHost()).isLoopbackAddress()) {
            throw new ConfigException("'" + to + "': expected https, found http, by which everybody on the way can "
                    + "read the credential");
        }
    }
}
