package org.hipsnode.mirror.source;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.manifest.ManifestName;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.store.SurveyStore;

/** The manifest of a far survey: its root as it was read once, and what was last read of its objects. */
final class CachedObjects implements SurveyStore {
    private static final long MOST_BYTES = 24 << 20;

    private final SurveyStore store;
    private final ManifestRoot root;
    private final LinkedHashMap<String, byte[]> objects = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    CachedObjects(SurveyStore store, ManifestRoot root) {
        this.store = store;
        this.root = root;
    }

    @Override
    public synchronized Optional<byte[]> read(String name, int limit) throws IOException {
        if (name.equals(ManifestName.ROOT)) {
            return Optional.of(root.toBytes());
        }
        byte[] cached = objects.get(name);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<byte[]> read = store.read(name, limit);
        read.filter(content -> ManifestName.isObject(name)).ifPresent(content -> keep(name, content));
        return read;
    }

    private void keep(String name, byte[] content) {
        objects.put(name, content);
        bytes += content.length;
        var eldest = objects.entrySet().iterator();
        while (bytes > MOST_BYTES && eldest.hasNext()) {
            Map.Entry<String, byte[]> object = eldest.next();
            bytes -= object.getValue().length;
            eldest.remove();
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
