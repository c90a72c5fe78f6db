package org.hipsnode.store;

import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.io.TooLargeException;

/** A survey in memory: small ones, made on the fly. */
public final class MemoryStore implements ListedStore {
    private final TreeMap<String, byte[]> files;

    /** Takes the files by name; the arrays are not copied and must not change. */
    public MemoryStore(Map<String, byte[]> files) {
        files.keySet().forEach(FileName::require);
        // '/' sorts before every other character, so that a folder's files stay together
        this.files = new TreeMap<>(Comparator.comparing((String name) -> name.replace('/', '\0')));
        this.files.putAll(files);
    }

    @Override
    public Optional<byte[]> read(String name, int limit) throws IOException {
        byte[] content = files.get(FileName.require(name));
        if (content != null && content.length > limit) {
            throw new TooLargeException(name, limit);
        }
        return Optional.ofNullable(content);
    }

    @Override
    public void list(FileSink sink) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().startsWith(".")) {
                sink.accept(file.getKey(), file.getValue().length);
            }
        }
    }

    @Override
    public String toString() {
        return "survey in memory";
    }
}
