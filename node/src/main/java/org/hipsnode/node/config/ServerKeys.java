package org.hipsnode.node.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.serve.http.ServingOptions;
import org.hipsnode.serve.http.TlsFiles;

/** The keys below {@code server} that say how the server works. */
final class ServerKeys {
    private static final int MOST = 10_000_000;
    private static final int MOST_PORT = 65_535;
    private static final long SMALLEST_CACHE = 1 << 20;
    private static final String STANDARD_OUTPUT = "/dev/stdout";

    private ServerKeys() {}

    /** Reads the keys; paths count from the file's folder. */
    static ServingOptions read(YamlMap server, Path file, ServingOptions otherwise) throws ConfigException {
        ServingOptions options = otherwise
                .with(cache(server), integer(server, "open-files", 1), integer(server, "connections", 1))
                .withRequestsPerConnection(
                        integer(server, "requests-per-connection", 2).orElse(otherwise.requestsPerConnection()))
                .with(
                        integer(server, "drain", 0).map(Duration::ofSeconds),
                        integer(server, "rate-limit", 0),
                        Optional.empty(),
                        Optional.empty());
        return withTls(options, server.map("tls"), file)
                .with(Optional.empty(), Optional.empty(), Optional.empty(), log(server, file));
    }

    private static Optional<Integer> integer(YamlMap server, String key, int least) throws ConfigException {
        OptionalInt found = server.integer(key, least, MOST);
        return found.isPresent() ? Optional.of(found.getAsInt()) : Optional.empty();
    }

    private static Optional<Long> cache(YamlMap server) throws ConfigException {
        Optional<String> text = server.text("cache");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> bytes = ByteSize.parse(text.get());
        if (bytes.isEmpty() || bytes.get() < SMALLEST_CACHE || bytes.get() > ServingOptions.mostCacheBytes()) {
            throw server.wrong(
                    "cache",
                    "a size from 1 MiB to the " + ServingOptions.mostCacheBytes() / (1 << 20)
                            + " MiB that this process may have outside its heap",
                    text.get());
        }
        return bytes;
    }

    private static ServingOptions withTls(ServingOptions options, Optional<YamlMap> tls, Path file)
            throws ConfigException {
        if (tls.isEmpty()) {
            return options;
        }
        TlsFiles files = new TlsFiles(present(tls.get(), "certificate", file), present(tls.get(), "key", file));
        OptionalInt redirectPort = tls.get().integer("redirect-port", 1, MOST_PORT);
        tls.get().finish();
        return options.with(Optional.empty(), Optional.empty(), Optional.of(files), Optional.empty())
                .withRedirectPort(redirectPort);
    }

    private static Path present(YamlMap map, String key, Path file) throws ConfigException {
        Path found = path(map, key, map.requireText(key), file);
        if (!Files.isReadable(found) || Files.isDirectory(found)) {
            throw map.wrong(key, "a file that can be read", found.toString());
        }
        return found;
    }

    private static Path path(YamlMap map, String key, String text, Path file) throws ConfigException {
        try {
            return file.toAbsolutePath().resolveSibling(text);
        } catch (InvalidPathException e) {
            throw map.wrong(key, "a file", text);
        }
    }

    private static Optional<Path> log(YamlMap server, Path file) throws ConfigException {
        Optional<String> text = server.text("access-log");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String place = text.get().equals("stdout") ? STANDARD_OUTPUT : text.get();
        return Optional.of(path(server, "access-log", place, file));
    }
}
