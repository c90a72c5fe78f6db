package org.hipsnode.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.hipsnode.config.ConfigException;
import org.hipsnode.mirror.fetch.PinFile;
import org.hipsnode.mirror.fetch.SourceCache;
import org.hipsnode.mirror.fetch.SourceFetch;
import org.hipsnode.mirror.remote.HttpFiles;
import org.hipsnode.node.config.ByteSize;
import org.hipsnode.node.show.Quantities;
import org.hipsnode.progress.Progress;
import org.hipsnode.survey.Download;
import picocli.CommandLine.Option;

/** How files of definitions come from afar. */
final class FetchOptions {
    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Folder of fetched files; by default hipsnode/sources in $XDG_CACHE_HOME or ~/.cache.")
    private Optional<Path> cache = Optional.empty();

    @Option(
            names = "--cache-size",
            paramLabel = "SIZE",
            description = "What the cache may hold, such as 200 GB: what was not used for longest makes room.")
    private Optional<String> size = Optional.empty();

    @Option(names = "--offline", description = "Fetch nothing: use what is in the cache.")
    private boolean offline;

    Path cache() {
        return cache.orElseGet(FetchOptions::usual).toAbsolutePath();
    }

    private static Path usual() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base =
                given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return base.resolve("hipsnode").resolve("sources");
    }

    /** Tells whether some file must be fetched before anything can be told of it. */
    boolean lacks(List<Download> downloads) {
        return downloads.stream().anyMatch(download -> !Files.exists(download.place()));
    }

    /** Returns what would be fetched. */
    Map<String, Object> facts(List<Download> downloads) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put(
                "to fetch",
                downloads.stream()
                        .filter(download -> !Files.exists(download.place()))
                        .map(FetchOptions::fact)
                        .toList());
        facts.put("cache", cache().toString());
        facts.put("then", "run without --dry-run to fetch; what would be made can be told once it is here");
        return facts;
    }

    private static String fact(Download download) {
        OptionalLong size = download.size();
        return download.addresses().get(0)
                + (size.isPresent() ? " (about " + Quantities.bytes((double) size.getAsLong()) + ")" : "");
    }

    private OptionalLong quota() throws ConfigException {
        if (size.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(ByteSize.parse(size.get())
                .orElseThrow(() ->
                        new ConfigException("--cache-size must be a size such as 200 GB, found '" + size.get() + "'")));
    }

    /**
     * Does a work for which files from afar must be here, and stay.
     *
     * @param folder of the definition, where its lock file lies
     */
    <T> T whileHere(List<Download> downloads, Path folder, Progress progress, WatchedWork.Work<T> work)
            throws IOException {
        if (downloads.isEmpty()) {
            return work.run(); // to be ready for the web takes a tenth of a second
        }
        SourceCache kept = new SourceCache(cache(), quota());
        try (SourceFetch fetch = new SourceFetch(kept, new HttpFiles(Version.NAME + " (generate)"), progress)) {
            for (Download download : downloads) {
                fetch.require(download, new PinFile(folder), !offline);
            }
            return work.run();
        }
    }
}
