package org.hipsnode.node.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.answer.Routes;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.store.FileName;

/** The keys of {@code node.yaml} that declare remote surveys, each under the path at which it is served. */
final class CachedKeys {
    /** Less would not hold the files of one view. */
    private static final long LEAST_QUOTA = 100_000_000;

    /** Beside the surveys, where a scan of them does not look. */
    private static final String KEPT = ".cached";

    private CachedKeys() {}

    static List<OriginSettings> read(YamlMap cached, Path file, Path data) throws ConfigException {
        List<OriginSettings> origins = new ArrayList<>();
        for (String path : List.copyOf(cached.keys())) {
            if (!FileName.isValid(path) || path.startsWith(".") || Routes.RESERVED.contains(path.split("/")[0])) {
                throw cached.wrong(path, "a path at which a survey can be served, such as dss/color, as key", path);
            }
            Optional<YamlMap> keys = cached.map(path);
            if (keys.isEmpty()) {
                throw cached.wrong(path, "keys origin and quota", "nothing");
            }
            origins.add(origin(path, keys.get(), file, data));
        }
        return origins;
    }

    private static OriginSettings origin(String path, YamlMap keys, Path file, Path data) throws ConfigException {
        String address = keys.requireText("origin");
        String quota = keys.requireText("quota");
        Optional<String> folder = keys.text("folder");
        String allowed = keys.text("allow-private").orElse("false");
        keys.finish();
        if (!allowed.equals("true") && !allowed.equals("false")) {
            throw keys.wrong("allow-private", "true or false", allowed);
        }
        return new OriginSettings(
                path,
                WebAddress.parse(address)
                        .filter(a -> !a.hasQuery())
                        .orElseThrow(() -> keys.wrong(
                                "origin",
                                WebAddress.EXPECTED + " and without query",
                                WebAddress.withoutSecrets(address))),
                ByteSize.parse(quota)
                        .filter(bytes -> bytes >= LEAST_QUOTA)
                        .orElseThrow(() -> keys.wrong("quota", "a size of 100 MB or more, such as 10 GB", quota)),
                folder(keys, folder, file).orElseGet(() -> data.resolve(KEPT).resolve(escaped(path))),
                allowed.equals("true"));
    }

    /** Two paths have two folders, side by side. */
    private static String escaped(String path) {
        return path.replace("%", "%25").replace("/", "%2F");
    }

    private static Optional<Path> folder(YamlMap keys, Optional<String> folder, Path file) throws ConfigException {
        try {
            return folder.map(file.toAbsolutePath()::resolveSibling);
        } catch (InvalidPathException e) {
            throw keys.wrong("folder", "a folder", folder.orElse(""));
        }
    }
}
