package org.hipsnode.serve.receive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hipsnode.arrival.Arrival;
import org.hipsnode.manifest.ManifestRoot;
import org.hipsnode.store.FileName;

/** What has come of uploads that are not open: beside the places of their surveys, until somebody goes on or time is up. */
final class Leftovers {
    private static final String ENDING = ".hipsnode";

    private final Path data;
    private final Map<String, Leftover> found = new TreeMap<>();

    /**
     * What has come of one.
     *
     * @param root of its release
     * @param changed when its last file came
     */
    record Leftover(ManifestRoot root, Instant changed) {}

    private Leftovers(Path data) {
        this.data = data;
    }

    /** Returns them by the paths of their surveys; folders of surveys are not looked into. */
    static Map<String, Leftover> in(Path data) throws IOException {
        Leftovers leftovers = new Leftovers(data);
        leftovers.visit(data, "", 0);
        return leftovers.found;
    }

    private void visit(Path folder, String path, int nesting) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                if (name.startsWith(".") && name.endsWith(ENDING) && name.length() > ENDING.length() + 1) {
                    add(path + name.substring(1, name.length() - ENDING.length()));
                } else if (FileName.isValid(name)
                        && nesting + 1 < PushRequest.MOST_FOLDERS
                        && !Files.isRegularFile(entry.resolve("properties"))) {
                    visit(entry, path + name + "/", nesting + 1);
                }
            }
        }
    }

    private void add(String path) throws IOException {
        if (FileName.isValid(path)) {
            Optional<Arrival.Unfinished> unfinished = Arrival.unfinished(data.resolve(path));
            unfinished.ifPresent(u -> found.put(path, new Leftover(u.root(), u.changed())));
        }
    }
}
