package org.hipsnode.node.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.hipsnode.config.ConfigException;
import org.hipsnode.io.WebAddress;
import org.hipsnode.mirror.push.FolderTarget;
import org.hipsnode.mirror.push.NodeTarget;
import org.hipsnode.mirror.push.PushTarget;
import org.hipsnode.mirror.push.SftpTarget;
import org.hipsnode.mirror.remote.PushConnection;
import org.hipsnode.mirror.ssh.SftpServer;
import org.hipsnode.mirror.ssh.SshAddress;

/** Opens the places to which surveys can be pushed. */
final class PushTargets {
    private PushTargets() {}

    static PushTarget open(String place, PushLogin login, int connections, boolean verify, boolean acceptsDefects)
            throws IOException {
        if (SshAddress.isMeant(place)) {
            return sftp(place, login, connections, verify);
        }
        if (verify) {
            throw new ConfigException("--verify is for an address of sftp; elsewhere what comes is compared there");
        }
        if (!place.contains("://")) {
            return new FolderTarget(path(place), acceptsDefects);
        }
        WebAddress address = WebAddress.parse(place)
                .filter(a -> !a.hasQuery())
                .orElseThrow(() ->
                        new ConfigException("expected a folder, " + SshAddress.EXPECTED + ", or " + WebAddress.EXPECTED
                                + " and without query, found '" + WebAddress.withoutSecrets(place) + "'"));
        if (!login.allowsInsecure()) {
            requireSafe(address);
        }
        return new NodeTarget(new PushConnection(address, login.forNode(), Version.NAME + " (push)"));
    }

    private static PushTarget sftp(String place, PushLogin login, int connections, boolean verify) throws IOException {
        SshAddress address = SshAddress.parse(place)
                .orElseThrow(() -> new ConfigException(
                        "expected " + SshAddress.EXPECTED + ", found '" + WebAddress.withoutSecrets(place) + "'"));
        if (connections > SftpServer.MOST_CHANNELS) {
            throw new ConfigException(
                    "--connections: servers of SSH allow " + SftpServer.MOST_CHANNELS + ", found " + connections);
        }
        return new SftpTarget(new SftpServer(address, login.forSsh(), connections), connections, verify);
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
}
