package org.hipsnode.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A server of SFTP that lets one user in by a password, which OpenSSH does only for accounts of the machine. */
final class PasswordSshd implements Closeable {
    static final String USER = "hips";
    static final String PASSWORD = "dörfer: 7 & \"more\"";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path knownHosts;

    /**
     * Starts one.
     *
     * @param root what the user sees as the root folder
     * @param asks whether it asks for the password in a dialogue, as those with PAM do
     */
    PasswordSshd(Path root, boolean asks) throws IOException {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        keys.setKeySize(256);
        UserAuthFactory way = asks ? UserAuthKeyboardInteractiveFactory.INSTANCE : UserAuthPasswordFactory.INSTANCE;
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(keys);
        server.setUserAuthFactories(List.of(way));
        server.setPasswordAuthenticator((user, given, session) -> user.equals(USER) && given.equals(PASSWORD));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(Files.createDirectories(root)));
        server.start();
        knownHosts = root.resolveSibling(root.getFileName() + ".known_hosts");
        String key =
                PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic());
        Files.writeString(knownHosts, "[127.0.0.1]:" + server.getPort() + " " + key + "\n");
    }

    /** Returns the address of a folder. */
    String address(String path) {
        return "sftp://" + USER + "@127.0.0.1:" + server.getPort() + path;
    }

    Path knownHosts() {
        return knownHosts;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
