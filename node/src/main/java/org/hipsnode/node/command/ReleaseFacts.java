package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hipsnode.manifest.ManifestReader;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.properties.HipsProperties;
import org.hipsnode.store.FolderStore;

/**
 * What can be told of a release by its folder.
 *
 * @param folder of the release
 */
record ReleaseFacts(Path folder) {

    /**
     * Returns it as named values.
     *
     * @param name of the release
     */
    Map<String, Object> values(String name) throws IOException {
        FolderStore store = new FolderStore(folder);
        Optional<ManifestRoot> root = new ManifestReader(store).root();
        Optional<byte[]> list = store.read("properties", HipsProperties.MAX_BYTES);
        String date = list.isPresent()
                ? HipsProperties.parse(list.get(), folder + "/properties")
                        .value("hips_release_date")
                        .orElse("")
                : "";
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("release", name);
        values.put("release_date", date);
        values.put("content", root.map(r -> r.content().toString()).orElse("unknown"));
        root.ifPresent(r -> {
            values.put("files", r.fileCount());
            values.put("bytes", r.totalBytes());
        });
        return values;
    }
}
