package org.hipsnode.mirror.push;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.mirror.remote.PushConnection;
import org.hipsnode.store.FileName;
import org.hipsnode.store.SurveyStore;

/** A survey of another hipsnode, by the push protocol (docs/push.md). */
public final class NodeTarget implements PushTarget {
    private static final long ASK_AGAIN_MILLIS = 1_000;

    private final PushConnection connection;
    private String release = "";

    public NodeTarget(PushConnection connection) {
        this.connection = connection;
    }

    @Override
    public SurveyStore there() {
        return new SurveyStore() {
            @Override
            public Optional<byte[]> read(String name, int limit) throws IOException {
                return connection.read(name, limit);
            }

            @Override
            public String toString() {
                return connection.toString();
            }
        };
    }

    @Override
    public boolean begin(ReleaseFiles files) throws IOException {
        release = files.root().digest().toString();
        PushConnection.Reply reply = connection.begin(files.root().toBytes());
        if (reply.status() != 200 && reply.status() != 201) {
            throw refused(reply);
        }
        return reply.status() == 201;
    }

    private IOException refused(PushConnection.Reply reply) {
        String why = reply.status() + " " + reply.text().strip();
        return switch (reply.status()) {
            case 404, 405 ->
                new IOException(
                        "'" + connection + "': expected a node that takes pushes, found the answer " + reply.status()
                                + "; has its operator allowed them in server.receive, and is the address the survey's?");
            case 413 ->
                reply.text().startsWith("nothing here takes a body")
                        ? new IOException(
                                "'" + connection + "': expected a node that takes pushes, found one that takes none; "
                                        + "its operator allows them in server.receive")
                        : new IOException("'" + connection + "' refuses the release: " + why);
            case 301, 302, 307, 308 ->
                new IOException("'" + connection
                        + "': expected the address of the survey, found a redirect: give the address that it leads to");
            default -> new IOException("'" + connection + "' refuses the release: " + why);
        };
    }

    @Override
    public Optional<List<String>> wanted() throws IOException {
        PushConnection.Reply reply = connection.wanted(release);
        return switch (reply.status()) {
            case 204 -> Optional.empty();
            case 202 -> {
                rest();
                yield Optional.of(List.of());
            }
            case 200 -> Optional.of(names(reply.text()));
            default -> throw refused(reply);
        };
    }

    /** Only a survey's files are sent, whatever the other side asks for. */
    static List<String> names(String text) throws IOException {
        List<String> names = text.lines().toList();
        for (String name : names) {
            if (!FileName.isValid(name)) {
                throw MalformedDataException.expected("what the other side wants", "names of files", "'" + name + "'");
            }
        }
        return names;
    }

    private void rest() throws IOException {
        try {
            Thread.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for '" + connection + "'", e);
        }
    }

    @Override
    public void put(String name, ReleaseFiles files) throws IOException {
        Optional<byte[]> own = files.own(name);
        PushConnection.Reply reply = own.isPresent()
                ? connection.put(release, name, own.get())
                : connection.put(release, name, files.file(name));
        if (reply.status() == 422) {
            throw new IOException("'" + files.folder() + "': '" + name + "' is not as the manifest says: "
                    + reply.text().strip() + "; see hipsnode verify, or begin again if there is a new release");
        }
        if (reply.status() != 204) {
            throw refused(reply);
        }
    }

    @Override
    public Optional<String> publish() throws IOException {
        PushConnection.Reply reply = connection.publish(release);
        while (reply.status() == 202) {
            rest();
            reply = connection.publish(release);
        }
        if (reply.status() == 422) {
            return Optional.of(reply.text().strip());
        }
        if (reply.status() != 200) {
            throw refused(reply);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        // what has come stays there for the next time
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
