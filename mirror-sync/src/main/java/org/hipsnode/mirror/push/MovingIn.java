package org.hipsnode.mirror.push;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.manifest.FileRecord;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestNames;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.mirror.ssh.SftpServer;

/**
 * The files of a release on their way into the folder of the one before, on a server that cannot swap the folders: tiles and
 * objects of the manifest first, then what is no more goes, then the other files, {@code properties} and, last, the manifest's root.
 *
 * <p>While that lasts readers see both releases. If it is stopped, the root is still the one before, so the same push goes on.
 */
final class MovingIn {
    private final SftpServer server;
    private final ReleaseFiles files;
    private final RemoteFolder survey;
    private final Staging staging;
    private final Optional<KnownRelease> before;
    private final Set<String> objects = new HashSet<>();

    MovingIn(
            SftpServer server,
            ReleaseFiles files,
            RemoteFolder survey,
            Staging staging,
            Optional<KnownRelease> before) {
        this.server = server;
        this.files = files;
        this.survey = survey;
        this.staging = staging;
        this.before = before;
    }

    void run() throws IOException {
        ManifestNames names = new ManifestNames(new ManifestReader(files.store()), files.root());
        for (List<String> batch = names.next(); !batch.isEmpty(); batch = names.next()) {
            for (String name : batch) {
                if (ManifestName.isObject(name)) {
                    objects.add(name);
                }
                if (!name.equals(ReleaseFiles.PROPERTIES) && !name.equals(ManifestName.ROOT)) {
                    move(name);
                }
            }
        }
        removeWhatIsNoMore();
        move(ReleaseFiles.PROPERTIES);
        move(ManifestName.ROOT);
        staging.end();
    }

    private void move(String name) throws IOException {
        FileRecord record = files.expected(name);
        if (staging.release().has(name, record.bytes())) {
            staging.makeFolderOf(survey, name);
            server.rename(staging.release().path(name), survey.path(name));
        }
    }

    /** What the manifest before does not tell of, as it is damaged, stays. */
    private void removeWhatIsNoMore() throws IOException {
        if (before.isEmpty()) {
            return;
        }
        ManifestNames names = before.get().names();
        try {
            for (List<String> batch = names.next(); !batch.isEmpty(); batch = names.next()) {
                for (String name : batch) {
                    if (!isOfRelease(name)) {
                        server.remove(survey.path(name));
                    }
                }
            }
        } catch (MalformedDataException e) {
            return;
        }
    }

    private boolean isOfRelease(String name) throws IOException {
        return name.equals(ManifestName.ROOT)
                || (ManifestName.isObject(name)
                        ? objects.contains(name)
                        : files.find(name).isPresent());
    }
}
