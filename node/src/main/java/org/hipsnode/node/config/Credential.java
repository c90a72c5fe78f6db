package org.hipsnode.node.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        return parse(text(file), "'" + file + "'");
    }

    /**
     * Returns what the file of a credential has.
     *
     * @throws ConfigException if there is no such file, or it is not ours to read
     */
    public static String text(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new ConfigException("'" + file + "': expected a file with a credential, found none that can be read");
        }
        return new String(BoundedReads.readFile(file, MOST_BYTES), StandardCharsets.UTF_8);
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
