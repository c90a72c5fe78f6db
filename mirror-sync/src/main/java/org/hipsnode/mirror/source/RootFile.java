package org.hipsnode.mirror.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hipsnode.io.MalformedDataException;
import org.hipsnode.io.TooLargeException;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.mirror.remote.ForbiddenException;
import org.hipsnode.mirror.remote.RemoteFile;
import org.hipsnode.mirror.remote.RemoteStore;

/**
 * What a far survey has in the place of its manifest's root: one, a damaged one, or none.
 *
 * @param etag of what is there
 */
public record RootFile(Optional<ManifestRoot> manifest, Optional<String> etag, Optional<DamagedRoot> damage) {
    /** What is read first: a manifest tells of all else, so that one request is enough where nothing has changed. */
    static final int MOST_BYTES = 1 << 25;

    private static final RootFile NONE = new RootFile(Optional.empty(), Optional.empty(), Optional.empty());

    static RootFile read(RemoteStore store) throws IOException {
        return read(store, Optional.empty());
    }

    /** Looks again where a damaged one was. */
    public static RootFile again(RemoteStore store, DamagedRoot known) throws IOException {
        return read(store, Optional.of(known));
    }

    private static RootFile read(RemoteStore store, Optional<DamagedRoot> known) throws IOException {
        try {
            RemoteFile file = store.readIfChanged(ManifestName.ROOT, known.flatMap(DamagedRoot::etag), MOST_BYTES);
            return file.kind() == RemoteFile.Kind.UNCHANGED
                    ? new RootFile(Optional.empty(), known.flatMap(DamagedRoot::etag), known)
                    : of(file);
        } catch (TooLargeException e) {
            return damaged(Optional.empty(), e);
        } catch (ForbiddenException e) {
            return NONE; // many servers give nobody what begins with a dot
        }
    }

    /** A page that a server gives for everything is no manifest; a damaged one is as good as none, and somebody should know. */
    private static RootFile of(RemoteFile file) throws IOException {
        Optional<byte[]> content = file.content().filter(bytes -> !isPage(bytes));
        if (content.isEmpty()) {
            return NONE;
        }
        try {
            ManifestRoot manifest = ManifestRoot.read(content.get(), ManifestName.ROOT);
            return new RootFile(Optional.of(manifest), file.etag(), Optional.empty());
        } catch (MalformedDataException e) {
            return damaged(file.etag(), e);
        }
    }

    private static RootFile damaged(Optional<String> etag, IOException reason) {
        return new RootFile(
                Optional.empty(), etag, Optional.of(DamagedRoot.because(etag, String.valueOf(reason.getMessage()))));
    }

    private static boolean isPage(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<");
    }
}
