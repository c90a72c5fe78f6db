package org.hipsnode.node.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.push.FolderTarget;
import org.hipsnode.mirror.push.NodeTarget;
import org.hipsnode.mirror.push.PushTarget;
import org.hipsnode.mirror.remote.PushConnection;
import org.hipsnode.mirror.remote.Secret;

/** Opens the places to which surveys can be pushed. */
final class PushTargets {
    /** The environment's variable that holds a credential. */
    static final String VARIABLE = "HIPSNODE_PUSH_CREDENTIAL";

    private static final int MOST_BYTES = 8192;

    private PushTargets() {}

    static PushTarget open(String place, Optional<Path> credential, boolean insecure) throws IOException {
        if (!place.contains("://")) {
            return new FolderTarget(path(place));
        }
        WebAddress address = WebAddress.parse(place)
                .filter(a -> !a.hasQuery())
                .orElseThrow(() -> new ConfigException("expected a folder, or " + WebAddress.EXPECTED
                        + " and without query, found '" + WebAddress.withoutSecrets(place) + "'"));
        if (!insecure) {
            requireSafe(address);
        }
        return new NodeTarget(new PushConnection(address, secret(credential), Version.NAME + " (push)"));
    }

    private static Path path(String place) throws ConfigException {
        try {
            return Path.of(place);
        } catch (InvalidPathException e) {
            throw new ConfigException("expected a folder or an address, found '" + place + "'");
        }
    }

    /** Without TLS everybody on the way can read a credential. */
    private static void requireSafe(WebAddress address) throws IOException {
        boolean tls = address.uri().getScheme().toLowerCase(Locale.ROOT).equals("https");
        if (!tls && !InetAddress.getByName(address.uri().getHost()).isLoopbackAddress()) {
            throw new ConfigException(
                    "'" + address + "': expected https, found http, by which everybody on the way can "
                            + "read the credential; if the network is yours alone, add --insecure");
        }
    }

    private static Secret secret(Optional<Path> file) throws IOException {
        String text;
        if (file.isPresent()) {
            text = new String(BoundedReads.readFile(file.get(), MOST_BYTES), StandardCharsets.UTF_8);
        } else {
            text = Optional.ofNullable(System.getenv(VARIABLE)).orElse("");
        }
        String where = file.map(f -> "'" + f + "'").orElse("the environment's " + VARIABLE);
        return Secret.parse(text)
                .orElseThrow(() -> new ConfigException("expected in " + where + " " + Secret.EXPECTED + ", found "
                        + (text.isBlank()
                                ? "nothing; the other node's operator makes one: hipsnode credential add"
                                : "something else")));
    }
}
