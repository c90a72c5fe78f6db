package org.hipsnode.serve.snapshot;

import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;
import org.hipsnode.io.BoundedReads;
import org.hipsnode.store.SurveyStore;

/** The files of one release as a store. */
record ReleaseStore(ReleaseFolder folder) implements SurveyStore {
    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        Optional<OpenedFile> file = folder.find(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var channel = file.get().channel()) {
            return Optional.of(BoundedReads.read(Channels.newInputStream(channel), limit, name));
        }
    }

    @Override
    public String toString() {
        return folder.path().toString();
    }
}
