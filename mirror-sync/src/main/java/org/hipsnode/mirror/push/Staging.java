package org.hipsnode.mirror.push;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.ssh.FolderLease;
import org.hipsnode.mirror.ssh.SftpServer;
import org.hipsnode.work.OrderedWork;

/**
 * The folder beside a survey on a server in which a release is made: {@code lock}, {@code arrival} that tells which release it is,
 * {@code release}, and for the moment of the swap {@code previous}.
 */
final class Staging implements AutoCloseable {
    private static final int MOST_BYTES = 1000;

    private final SftpServer server;
    private final RemoteFolder survey;
    private final String work;
    private final RemoteFolder release;
    private final FolderLease lease;
    private final int connections;
    private final Set<String> made = new HashSet<>();

    private Staging(SftpServer server, RemoteFolder survey, String work, FolderLease lease, int connections) {
        this.server = server;
        this.survey = survey;
        this.work = work;
        this.release = new RemoteFolder(server, work + "/release");
        this.lease = lease;
        this.connections = connections;
    }

    /** Begins, or goes on where the same release was stopped. */
    static Staging begin(SftpServer server, RemoteFolder survey, ManifestRoot root, int connections)
            throws IOException {
        String work = work(survey);
        makeAll(server, work);
        Staging staging = new Staging(server, survey, work, FolderLease.take(server, work), connections);
        try {
            staging.prepare(identity(root));
        } catch (IOException e) {
            staging.close();
            throw e;
        }
        return staging;
    }

    private static String work(RemoteFolder survey) {
        int slash = survey.path().lastIndexOf('/');
        return survey.path().substring(0, slash + 1) + "." + survey.path().substring(slash + 1) + ".hipsnode";
    }

    private static byte[] identity(ManifestRoot root) {
        return ("arrival of " + root.digest() + "\n" + root.content() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Folders above may belong to others, so only what is missing is made. */
    private static void makeAll(SftpServer server, String folder) throws IOException {
        if (server.find(folder).isPresent()) {
            return;
        }
        int slash = folder.lastIndexOf('/');
        if (slash > 0) {
            makeAll(server, folder.substring(0, slash));
        }
        server.makeFolder(folder);
    }

    /** Brings back the release that a killed run had moved aside, and removes what it left and cannot be gone on with. */
    private void prepare(byte[] identity) throws IOException {
        if (server.find(previous()).isPresent()) {
            if (survey.exists()) {
                removeTree(previous());
            } else {
                server.rename(previous(), survey.path());
            }
        }
        for (String name : server.list(work).orElse(Map.of()).keySet()) {
            if (name.startsWith("incoming-")) {
                server.remove(work + "/" + name);
            }
        }
        if (!server.read(arrival(), MOST_BYTES)
                .filter(told -> Arrays.equals(told, identity))
                .isPresent()) {
            server.remove(arrival());
            removeTree(release.path());
            server.write(incoming(0), () -> new ByteArrayInputStream(identity));
            server.rename(incoming(0), arrival());
        }
        server.makeFolder(release.path());
    }

    private String previous() {
        return work + "/previous";
    }

    private String arrival() {
        return work + "/arrival";
    }

    String incoming(int number) {
        return work + "/incoming-" + number;
    }

    RemoteFolder release() {
        return release;
    }

    /** Makes the folder of a file of the release. */
    synchronized void makeFolderOf(RemoteFolder base, String name) throws IOException {
        String path = base.path();
        for (String part : name.substring(0, Math.max(0, name.lastIndexOf('/'))).split("/")) {
            path += part.isEmpty() ? "" : "/" + part;
            if (made.add(path) && !path.equals(base.path())) {
                server.makeFolder(path);
            }
        }
    }

    /** Puts the release in the survey's place. */
    void swap() throws IOException {
        boolean replaces = survey.exists();
        if (replaces) {
            server.rename(survey.path(), previous());
        }
        try {
            server.rename(release.path(), survey.path());
        } catch (IOException e) {
            if (replaces && !survey.exists()) {
                server.rename(previous(), survey.path());
            }
            throw e;
        }
        end();
        if (replaces) {
            removeTree(previous());
        }
    }

    /** Tells that the release is in its place. */
    void end() throws IOException {
        server.remove(arrival());
        removeTree(release.path()); // empty folders, where files were moved out of it
    }

    /** Removes a folder with all that is in it. */
    private void removeTree(String folder) throws IOException {
        Optional<Map<String, SftpServer.Entry>> entries = server.list(folder);
        if (entries.isEmpty()) {
            return;
        }
        try (OrderedWork<Boolean> removing = new OrderedWork<>(connections, done -> {})) {
            for (var entry : entries.get().entrySet()) {
                String path = folder + "/" + entry.getKey();
                if (!entry.getValue().isFolder()) {
                    removing.give(() -> {
                        server.remove(path);
                        return true;
                    });
                }
            }
            removing.finish();
        }
        for (var entry : entries.get().entrySet()) {
            if (entry.getValue().isFolder()) {
                removeTree(folder + "/" + entry.getKey());
            }
        }
        server.removeFolder(folder);
    }

    /** Gives the place back; what has come stays for when the same release is sent again. */
    @Override
    public void close() throws IOException {
        lease.close();
        if (server.find(arrival()).isEmpty()) {
            server.removeFolder(release.path());
            server.removeFolder(work);
        }
    }
}
