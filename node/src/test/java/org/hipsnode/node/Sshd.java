package org.hipsnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hipsnode.Required;

/**
 * An OpenSSH server on the loopback that gives files to whoever has the key, and nothing else: as a partner would set one up.
 *
 * @param folder of its configuration, its host key and the key that it lets in
 */
record Sshd(Program.Started process, int port, Path folder) implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    /** Skips the test where it is not installed. */
    static void require() {
        Required.tool(Files.isExecutable(PROGRAM), "Debian's openssh-server");
    }

    /**
     * Starts one.
     *
     * @param flags of its program that transfers files
     */
    static Sshd start(Path temporary, String flags) throws IOException {
        require();
        Path folder = Files.createTempDirectory(temporary, "sshd");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        makeKey(folder.resolve("host"));
        makeKey(folder.resolve("key"));
        Files.copy(folder.resolve("key.pub"), folder.resolve("authorized"));
        int port = Ports.free();
        Files.writeString(folder.resolve("config"), """
                ListenAddress 127.0.0.1
                Port %2$d
                HostKey %1$s/host
                AuthorizedKeysFile %1$s/authorized
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                ForceCommand internal-sftp %3$s
                Subsystem sftp internal-sftp %3$s
                """.formatted(folder, port, flags));
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
        return run(folder, port);
    }

    /** Starts it again after it was closed. */
    Sshd again() throws IOException {
        return run(folder, port);
    }

    private static Sshd run(Path folder, int port) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // without which it does not start as root
        }
        Sshd sshd = new Sshd(
                Program.start(List.of(
                        PROGRAM.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("config").toString())),
                port,
                folder);
        sshd.awaitStart();
        return sshd;
    }

    static void makeKey(Path file) throws IOException {
        Program.Ended ended = Program.run(
                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file.toString()));
        if (ended.code() != 0) {
            throw new IOException("no key: " + ended);
        }
    }

    private void awaitStart() throws IOException {
        if (!Ports.isTaken(port)) {
            throw new IOException("sshd does not listen: " + Files.readString(process.err()));
        }
    }

    /** Returns the address of a folder. */
    String address(Path place) {
        return "sftp://" + System.getProperty("user.name") + "@127.0.0.1:" + port + place;
    }

    Path key() {
        return folder.resolve("key");
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** Ends it, with the connections that it has. */
    @Override
    public void close() throws IOException {
        process.process().descendants().forEach(ProcessHandle::destroyForcibly);
        process.close();
    }
}
