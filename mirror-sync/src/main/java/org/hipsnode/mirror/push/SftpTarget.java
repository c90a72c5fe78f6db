package org.hipsnode.mirror.push;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestNames;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.mirror.ssh.SftpServer;
import org.hipsnode.store.SurveyStore;
import org.hipsnode.work.OrderedWork;

/**
 * A survey in a folder of a server that is reached by SSH, where nothing runs that could look after it: all is decided from here.
 *
 * <p>For a survey in {@code DIR/name} the release is made in {@code DIR/.name.hipsnode/release}. What the release before has is
 * linked there, what it lacks is sent, and once sizes are right the folders are swapped by two renames. Where the server cannot
 * link, only what changes is staged, and then moved into the survey file by file ({@link MovingIn}).
 */
public final class SftpTarget implements PushTarget {
    private static final int NAMES_AT_A_TIME = 1000;
    private static final int MOST_BATCHES = 16;

    private final SftpServer server;
    private final int connections;
    private final boolean readsBack;
    private final AtomicInteger incoming = new AtomicInteger();
    private Optional<Begun> begun = Optional.empty();

    /**
     * A release on its way.
     *
     * @param names of its files that have not been looked for
     * @param links whether it is staged whole, with links to what the release before has
     */
    private record Begun(
            ReleaseFiles files,
            RemoteFolder survey,
            Staging staging,
            Optional<KnownRelease> before,
            boolean links,
            ManifestNames names) {

        /** Returns where a file is by now. */
        RemoteFolder folderOf(String name, FileRecord record) throws IOException {
            return links || staging.release().has(name, record.bytes()) ? staging.release() : survey;
        }
    }

    /**
     * Prepares.
     *
     * @param connections how many files may be on their way at a time
     * @param readsBack whether every file is read there and compared before the release is published
     */
    public SftpTarget(SftpServer server, int connections, boolean readsBack) {
        this.server = server;
        this.connections = connections;
        this.readsBack = readsBack;
    }

    @Override
    public SurveyStore there() throws IOException {
        return survey();
    }

    private RemoteFolder survey() throws IOException {
        return new RemoteFolder(server, server.home());
    }

    @Override
    public boolean looksAtAll() {
        return readsBack;
    }

    @Override
    public boolean begin(ReleaseFiles files) throws IOException {
        RemoteFolder survey = survey();
        SurveyPlace.requireSameSurvey(survey, survey.isFilled(), files.root());
        if (!readsBack && SurveyPlace.has(survey, files.root())) {
            return false;
        }
        Staging staging = Staging.begin(server, survey, files.root(), connections);
        try {
            begun = Optional.of(new Begun(
                    files, survey, staging, KnownRelease.in(survey), server.links() || !survey.exists(), names(files)));
        } catch (IOException e) {
            staging.close();
            throw e;
        }
        return true;
    }

    private static ManifestNames names(ReleaseFiles files) {
        return new ManifestNames(new ManifestReader(files.store()), files.root());
    }

    private Begun begun() {
        return begun.orElseThrow(() -> new IllegalStateException("the push was not begun"));
    }

    @Override
    public Optional<List<String>> wanted() throws IOException {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < MOST_BATCHES && wanted.size() < NAMES_AT_A_TIME; i++) {
            List<String> batch = begun().names().next();
            if (batch.isEmpty()) {
                return wanted.isEmpty() && i == 0 ? Optional.empty() : Optional.of(wanted);
            }
            addLacking(batch, wanted);
        }
        return Optional.of(wanted);
    }

    private void addLacking(List<String> batch, List<String> wanted) throws IOException {
        try (OrderedWork<Optional<String>> linking =
                new OrderedWork<>(connections, lacking -> lacking.ifPresent(wanted::add))) {
            for (String name : batch) {
                FileRecord record = begun().files().expected(name);
                if (begun().staging().release().has(name, record.bytes())) {
                    continue;
                }
                if (!isKept(name, record)) {
                    wanted.add(name);
                } else if (begun().links()) {
                    linking.give(() -> link(name) ? Optional.empty() : Optional.of(name));
                }
            }
            linking.finish();
        }
    }

    /** Believes the manifest there, and looks whether the file is there in that size. */
    private boolean isKept(String name, FileRecord record) throws IOException {
        Optional<KnownRelease> before = begun().before();
        return before.isPresent()
                && !name.equals(ManifestName.ROOT)
                && before.get().has(name, record)
                && begun().survey().has(name, record.bytes());
    }

    private boolean link(String name) throws IOException {
        RemoteFolder release = begun().staging().release();
        begun().staging().makeFolderOf(release, name);
        return server.link(begun().survey().path(name), release.path(name));
    }

    /** The file gets its name once it is there whole. */
    @Override
    public void put(String name, ReleaseFiles files) throws IOException {
        Staging staging = begun().staging();
        FileRecord record = files.expected(name);
        String temporary = staging.incoming(incoming.incrementAndGet());
        staging.makeFolderOf(staging.release(), name);
        Sent sent = new Sent(files, name);
        try {
            server.write(temporary, sent::open);
        } catch (IOException e) {
            throw notWritten(name, e);
        }
        if (!sent.found().equals(record)) {
            server.remove(temporary);
            throw new IOException("'" + files.folder() + "': '" + name + "' is not as the manifest says; see hipsnode "
                    + "verify, or begin again if there is a new release");
        }
        server.rename(temporary, staging.release().path(name));
    }

    private IOException notWritten(String name, IOException e) throws IOException {
        String room = "";
        try {
            var free = server.free(begun().staging().release().path());
            room = free.isPresent() ? "; " + free.getAsLong() + " bytes are free there" : "";
        } catch (IOException unreachable) {
            e.addSuppressed(unreachable);
        }
        return new IOException("'" + server + "': '" + name + "' cannot be written: " + e.getMessage() + room, e);
    }

    /** What of a file was sent, with its digest. */
    private static final class Sent {
        private final ReleaseFiles files;
        private final String name;
        private DigestingStream stream = new DigestingStream(InputStream.nullInputStream());

        Sent(ReleaseFiles files, String name) {
            this.files = files;
            this.name = name;
        }

        InputStream open() throws IOException {
            Optional<byte[]> own = files.own(name);
            stream = new DigestingStream(
                    own.isPresent() ? new ByteArrayInputStream(own.get()) : Files.newInputStream(files.file(name)));
            return stream;
        }

        FileRecord found() {
            return stream.found();
        }
    }

    /** Looks at the sizes of all that is there, and with {@code readsBack} at every byte, then publishes. */
    @Override
    public Optional<String> publish() throws IOException {
        begun().staging().release().lookAgain();
        begun().survey().lookAgain();
        ManifestNames names = names(begun().files());
        for (List<String> batch = names.next(); !batch.isEmpty(); batch = names.next()) {
            requireSizes(batch);
            if (readsBack) {
                compare(batch);
            }
        }
        if (begun().links()) {
            begun().staging().swap();
        } else {
            new MovingIn(server, begun().files(), begun().survey(), begun().staging(), begun().before()).run();
        }
        return Optional.empty();
    }

    private void requireSizes(List<String> batch) throws IOException {
        for (String name : batch) {
            FileRecord record = begun().files().expected(name);
            if (!begun().folderOf(name, record).has(name, record.bytes())) {
                throw new IOException("'" + server + "': expected '" + name + "' of " + record.bytes()
                        + " bytes, found it missing or of another size after it was sent; push again");
            }
        }
    }

    private void compare(List<String> batch) throws IOException {
        try (OrderedWork<Boolean> comparing = new OrderedWork<>(connections, done -> {})) {
            for (String name : batch) {
                comparing.give(() -> {
                    mend(name);
                    return true;
                });
            }
            comparing.finish();
        }
    }

    /** What is damaged there is sent once more. */
    private void mend(String name) throws IOException {
        FileRecord record = begun().files().expected(name);
        if (isSame(begun().folderOf(name, record), name, record)) {
            return;
        }
        put(name, begun().files());
        if (!isSame(begun().staging().release(), name, record)) {
            throw new IOException("'" + server + "': '" + name
                    + "' is another when read back, also after it was sent once more: the disk there may be failing");
        }
    }

    private boolean isSame(RemoteFolder folder, String name, FileRecord record) throws IOException {
        Optional<FileRecord> found = server.read(folder.path(name), in -> {
            DigestingStream stream = new DigestingStream(in);
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return stream.found();
        });
        return found.equals(Optional.of(record));
    }

    @Override
    public void close() throws IOException {
        try {
            if (begun.isPresent()) {
                begun.get().staging().close();
            }
        } finally {
            server.close();
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
