package org.hipsnode.mirror.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.config.ConfigException;

/**
 * How to show a server of SSH who we are, and how to know that it is the right one.
 *
 * @param key file with a private key; empty for the keys of the SSH agent or, without one, those in {@code ~/.ssh}
 * @param password in place of keys
 * @param knownHosts file with the keys of servers, as OpenSSH keeps it
 */
public record SshLogin(Optional<Path> key, Optional<String> password, Path knownHosts) {
    private static final int CONNECT_MILLIS = 20_000;

    /** A server that says nothing is asked whether it is there, and given up at the fourth time. */
    private static final int SILENCE_MILLIS = 15_000;

    private static final int SILENCES = 4;
    private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    /** No password in a text. */
    @Override
    public String toString() {
        return "SshLogin[key=" + key + ", knownHosts=" + knownHosts + "]";
    }

    /** Returns where OpenSSH keeps what belongs to who runs this. */
    public static Path ownFolder() {
        return Path.of(System.getProperty("user.home"), ".ssh");
    }

    Session connect(SshAddress address) throws IOException {
        if (!Files.isReadable(knownHosts)) {
            throw new ConfigException("'" + knownHosts
                    + "': expected a file with the keys of known servers, found none; " + adding(address));
        }
        try {
            return session(address);
        } catch (JSchException e) {
            throw explained(e, address);
        }
    }

    private Session session(SshAddress address) throws JSchException, ConfigException {
        JSch ssh = new JSch();
        ssh.setKnownHosts(knownHosts.toString());
        if (password.isEmpty()) {
            addKeys(ssh);
        }
        Session session =
                ssh.getSession(address.user().orElse(System.getProperty("user.name")), address.host(), address.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig(
                "PreferredAuthentications", password.isPresent() ? "password,keyboard-interactive" : "publickey");
        password.ifPresent(text -> session.setPassword(text.getBytes(StandardCharsets.UTF_8)));
        session.setServerAliveInterval(SILENCE_MILLIS);
        session.setServerAliveCountMax(SILENCES);
        session.setDaemonThread(true);
        session.connect(CONNECT_MILLIS);
        return session;
    }

    private void addKeys(JSch ssh) throws JSchException, ConfigException {
        Optional<IdentityRepository> agent = key.isPresent() ? Optional.empty() : agent();
        if (agent.isPresent()) {
            ssh.setIdentityRepository(agent.get());
            return;
        }
        List<Path> files = key.isPresent()
                ? List.of(key.get())
                : USUAL_KEYS.stream()
                        .map(ownFolder()::resolve)
                        .filter(Files::isReadable)
                        .filter(file -> !isLocked(ssh, file))
                        .toList();
        if (files.isEmpty()) {
            throw new ConfigException(
                    "expected a key to log in with, found no SSH agent with keys, and in '" + ownFolder()
                            + "' none without passphrase; give one by --key, or a password's file by --credential");
        }
        for (Path file : files) {
            add(ssh, file);
        }
    }

    private static boolean isLocked(JSch ssh, Path file) {
        try {
            return KeyPair.load(ssh, file.toString(), null).isEncrypted();
        } catch (JSchException e) {
            return true;
        }
    }

    private static void add(JSch ssh, Path file) throws JSchException, ConfigException {
        KeyPair pair;
        try {
            pair = KeyPair.load(ssh, file.toString(), null);
        } catch (JSchException e) {
            throw new ConfigException(
                    "'" + file + "': expected a private key, found a file that cannot be read as one");
        }
        if (pair.isEncrypted()) {
            throw new ConfigException("'" + file + "' has a passphrase: give the key to your agent (ssh-add " + file
                    + "), and leave out --key");
        }
        ssh.addIdentity(file.toString());
    }

    private static Optional<IdentityRepository> agent() {
        if (System.getenv("SSH_AUTH_SOCK") == null) {
            return Optional.empty();
        }
        try {
            IdentityRepository agent = new AgentIdentityRepository(new SSHAgentConnector());
            return agent.getIdentities().isEmpty() ? Optional.empty() : Optional.of(agent);
        } catch (AgentProxyException e) {
            return Optional.empty();
        }
    }

    private IOException explained(JSchException e, SshAddress address) {
        if (e instanceof JSchUnknownHostKeyException) {
            return new ConfigException("'" + address + "': expected a server whose key is in '" + knownHosts
                    + "', found one that is not; " + adding(address));
        }
        if (e instanceof JSchChangedHostKeyException || e instanceof JSchRevokedHostKeyException) {
            return new ConfigException("'" + address + "': expected the server whose key is in '" + knownHosts
                    + "', found another key: somebody may be in between, so nothing was sent; ask the server's operator, "
                    + "and if the key was changed, remove the old one (ssh-keygen -R) and add the new one");
        }
        String said = String.valueOf(e.getMessage());
        if (said.toLowerCase(Locale.ROOT).contains("auth")) {
            return new ConfigException("'" + address + "' does not let us in: expected "
                    + (password.isPresent() ? "a password" : "a key") + " that it accepts; try: sftp "
                    + (address.port() == 22 ? "" : "-P " + address.port() + " ")
                    + address.user().map(u -> u + "@").orElse("") + address.host());
        }
        return new IOException("'" + address + "' cannot be reached: " + said, e);
    }

    private static String adding(SshAddress address) {
        return "compare its fingerprint with what its operator says, and add it: ssh-keyscan -p " + address.port() + " "
                + address.host();
    }
}
