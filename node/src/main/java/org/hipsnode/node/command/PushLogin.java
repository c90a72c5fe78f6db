package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.mirror.remote.Secret;
import org.hipsnode.mirror.ssh.SshLogin;
import org.hipsnode.node.config.Credential;
import picocli.CommandLine.Option;

/** How to be let in where a survey is pushed to. */
final class PushLogin {
    /** The environment's variable that holds a credential. */
    static final String VARIABLE = "HIPSNODE_PUSH_CREDENTIAL";

    @Option(
            names = "--credential",
            paramLabel = "FILE",
            description =
                    "File with one line: for another node a token, or a name, a colon and a password; for a server of SSH "
                            + "a password, in place of a key. By default the environment's " + VARIABLE + " is it.")
    private Optional<Path> credential = Optional.empty();

    @Option(names = "--insecure", description = "Show the credential to a node without TLS on another machine.")
    private boolean insecure;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "File with the private key for a server of SSH. By default those of the SSH agent or, without one, of "
                            + "~/.ssh are tried.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "File with the keys of servers of SSH; by default ~/.ssh/known_hosts.")
    private Optional<Path> knownHosts = Optional.empty();

    boolean allowsInsecure() {
        return insecure;
    }

    /** Returns the credential for another node. */
    Secret forNode() throws IOException {
        if (key.isPresent() || knownHosts.isPresent()) {
            throw new ConfigException("--key and --known-hosts are for an address of sftp");
        }
        return Credential.parse(text(), where());
    }

    /** Returns what a server of SSH is shown: a password if there is one, else a key. */
    SshLogin forSsh() throws IOException {
        String password = text().strip();
        if (credential.isPresent() && key.isPresent()) {
            throw new ConfigException("expected --key or --credential, found both");
        }
        if (credential.isPresent() && (password.isEmpty() || password.chars().anyMatch(Character::isISOControl))) {
            throw new ConfigException("expected in " + where() + " one line with a password, found "
                    + (password.isEmpty() ? "nothing" : "something else"));
        }
        if (key.isPresent() && !Files.isReadable(key.get())) {
            throw new ConfigException(
                    "--key: expected a file with a private key, found none that can be read at '" + key.get() + "'");
        }
        return new SshLogin(
                key,
                Optional.of(password).filter(text -> !text.isEmpty() && key.isEmpty()),
                knownHosts.orElseGet(() -> SshLogin.ownFolder().resolve("known_hosts")));
    }

    private String text() throws IOException {
        return credential.isPresent()
                ? Credential.text(credential.get())
                : Optional.ofNullable(System.getenv(VARIABLE)).orElse("");
    }

    private String where() {
        return credential.map(file -> "'" + file + "'").orElse("the environment's " + VARIABLE);
    }
}
