package org.hipsnode.node.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.http.ServerSettings;
import org.hipsnode.serve.http.ServingOptions;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.serve.receive.ReceiveSettings;

/**
 * What a node is and serves: {@code node.yaml}, or its flags.
 *
 * @param title of its page
 * @param baseUrl its public address, without slash at the end
 * @param data folder beneath which the surveys lie
 * @param host address to listen at
 * @param port port to listen at
 * @param viewerUrl where pages load Aladin Lite from if it is not installed with the program
 * @param options how the server works
 * @param access who may see private surveys
 * @param cached remote surveys that are served as caches
 * @param mirrors remote surveys that are copied and kept up to date
 * @param receive who may push surveys here
 * @param made surveys that are made here
 */
public record NodeConfig(
        String title,
        Optional<String> baseUrl,
        Path data,
        String host,
        int port,
        String viewerUrl,
        ServingOptions options,
        AccessSettings access,
        List<OriginSettings> cached,
        Mirrors mirrors,
        ReceiveSettings receive,
        MadeSurveys made) {
    private static final String TITLE = "HiPS node";
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 8080;
    private static final int MAX_PORT = 65_535;
    private static final String VIEWER = "https://aladin.cds.unistra.fr/AladinLite/api/v3/latest/aladin.js";
    private static final String ORIGIN_EXPECTED =
            "the origin of pages, such as https://archive.example, without path, and no '*'";
    private static final String BASE_EXPECTED = WebAddress.EXPECTED + " and without query";

    /** Returns the configuration of a folder that is served as it is. */
    public static NodeConfig ofFolder(Path data) {
        return new NodeConfig(
                TITLE,
                Optional.empty(),
                data,
                HOST,
                PORT,
                VIEWER,
                ServingOptions.defaults(),
                AccessSettings.NOBODY,
                List.of(),
                Mirrors.NONE,
                ReceiveSettings.NOBODY,
                MadeSurveys.none(data));
    }

    /** Reads a configuration; a relative data folder counts from the file's folder. */
    public static NodeConfig read(Path file) throws IOException {
        YamlMap yaml = YamlMap.read(file);
        Path data = path(yaml, "data", yaml.requireText("data"), file, "a folder");
        String title = yaml.text("title").orElse(TITLE);
        Optional<String> baseUrl = checked(yaml, "base-url", NodeConfig::base, BASE_EXPECTED);
        Optional<YamlMap> server = yaml.map("server");
        Optional<YamlMap> cached = yaml.map("cached");
        Mirrors mirrors = MirrorKeys.readAll(yaml, file, data);
        MadeSurveys made = MadeSurveyKeys.read(yaml, file, data);
        yaml.finish();
        requireOneEach(yaml, mirrors, made);
        List<OriginSettings> origins = cached.isPresent() ? CachedKeys.read(cached.get(), file, data) : List.of();
        NodeConfig config = new NodeConfig(
                title,
                baseUrl,
                data,
                HOST,
                PORT,
                VIEWER,
                ServingOptions.defaults(),
                AccessSettings.NOBODY,
                origins,
                mirrors,
                ReceiveSettings.NOBODY,
                made);
        return server.isPresent() ? config.with(server.get(), file) : config;
    }

    /** A survey is made here or copied, not both. */
    private static void requireOneEach(YamlMap yaml, Mirrors mirrors, MadeSurveys made) throws ConfigException {
        for (MadeSurveys.Entry entry : made.entries()) {
            if (mirrors.all().stream()
                    .anyMatch(mirror -> !entry.folder() && mirror.path().equals(entry.path()))) {
                throw yaml.wrong("surveys", "no survey at the path of a mirror", entry.path());
            }
        }
    }

    /** Reads a path that counts from the configuration's folder. */
    private static Path path(YamlMap yaml, String key, String text, Path file, String expected) throws ConfigException {
        try {
            return file.toAbsolutePath().resolveSibling(text);
        } catch (InvalidPathException e) {
            throw yaml.wrong(key, expected, text);
        }
    }

    private NodeConfig with(YamlMap server, Path file) throws ConfigException {
        NodeConfig config = new NodeConfig(
                title,
                baseUrl,
                data,
                server.text("host").orElse(host),
                server.integer("port", 0, MAX_PORT).orElse(port),
                checked(server, "viewer-url", NodeConfig::viewer, WebAddress.EXPECTED)
                        .orElse(viewerUrl),
                ServerKeys.read(server, file, options),
                access(server, file),
                cached,
                mirrors,
                ReceiveKeys.read(server),
                made);
        server.finish();
        return config;
    }

    private static AccessSettings access(YamlMap server, Path file) throws ConfigException {
        Optional<String> credentials = server.text("credentials");
        Set<String> origins = new LinkedHashSet<>();
        for (String text : server.texts("allowed-origins")) {
            origins.add(origin(text)
                    .orElseThrow(
                            () -> server.wrong("allowed-origins", ORIGIN_EXPECTED, WebAddress.withoutSecrets(text))));
        }
        return new AccessSettings(
                credentials.isPresent()
                        ? Optional.of(path(server, "credentials", credentials.get(), file, "a file"))
                        : Optional.empty(),
                origins);
    }

    /** Returns an origin as browsers write it (RFC 6454 §6.2). */
    private static Optional<String> origin(String text) {
        return WebAddress.parse(text)
                .filter(address -> address.uri().getRawPath().isEmpty() && !address.hasQuery())
                .map(address -> address.toString().toLowerCase(Locale.ROOT))
                .map(origin -> origin.replaceFirst("^(http:.*):80$|^(https:.*):443$", "$1$2"));
    }

    private static Optional<String> checked(
            YamlMap yaml, String key, Function<String, Optional<String>> reading, String expected)
            throws ConfigException {
        Optional<String> text = yaml.text(key);
        Optional<String> address = text.flatMap(reading);
        if (text.isPresent() && address.isEmpty()) {
            throw yaml.wrong(key, expected, WebAddress.withoutSecrets(text.get()));
        }
        return address;
    }

    /** The addresses of surveys are made by adding to it. */
    private static Optional<String> base(String text) {
        return WebAddress.parse(text).filter(address -> !address.hasQuery()).map(WebAddress::toString);
    }

    private static Optional<String> viewer(String text) {
        return WebAddress.parse(text).map(address -> address.uri().toString());
    }

    /** Returns this configuration with what flags say instead. */
    public NodeConfig with(
            Optional<String> newHost,
            Optional<Integer> newPort,
            Optional<String> newBaseUrl,
            Optional<String> newTitle,
            Optional<String> newViewerUrl)
            throws ConfigException {
        int chosenPort = newPort.orElse(port);
        if (chosenPort < 0 || chosenPort > MAX_PORT) {
            throw new ConfigException("--port must be 0 to " + MAX_PORT + ", found " + chosenPort);
        }
        return new NodeConfig(
                newTitle.orElse(title),
                checked("--base-url", newBaseUrl, NodeConfig::base, BASE_EXPECTED)
                        .or(() -> baseUrl),
                data,
                newHost.orElse(host),
                chosenPort,
                checked("--viewer-url", newViewerUrl, NodeConfig::viewer, WebAddress.EXPECTED)
                        .orElse(viewerUrl),
                options,
                access,
                cached,
                mirrors,
                receive,
                made);
    }

    private static Optional<String> checked(
            String flag, Optional<String> text, Function<String, Optional<String>> reading, String expected)
            throws ConfigException {
        Optional<String> address = text.flatMap(reading);
        if (text.isPresent() && address.isEmpty()) {
            throw new ConfigException(
                    flag + " must be " + expected + ", found '" + WebAddress.withoutSecrets(text.get()) + "'");
        }
        return address;
    }

    public ServerSettings settings() {
        return new ServerSettings(
                data, host, port, title, baseUrl, Installation.viewer(), viewerUrl, options, access, cached, receive);
    }
}
