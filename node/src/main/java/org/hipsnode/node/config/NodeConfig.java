package org.hipsnode.node.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.http.ServerSettings;
import org.hipsnode.serve.http.ServingOptions;

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
 */
public record NodeConfig(
        String title,
        Optional<String> baseUrl,
        Path data,
        String host,
        int port,
        String viewerUrl,
        ServingOptions options) {
    private static final String TITLE = "HiPS node";
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 8080;
    private static final int MAX_PORT = 65_535;
    private static final String VIEWER = "https://aladin.cds.unistra.fr/AladinLite/api/v3/latest/aladin.js";
    private static final String BASE_EXPECTED = WebAddress.EXPECTED + " and without query";

    /** Describes a node whose server works as suits the machine. */
    public NodeConfig(String title, Optional<String> baseUrl, Path data, String host, int port, String viewerUrl) {
        this(title, baseUrl, data, host, port, viewerUrl, ServingOptions.defaults());
    }

    /** Returns the configuration of a folder that is served as it is. */
    public static NodeConfig ofFolder(Path data) {
        return new NodeConfig(TITLE, Optional.empty(), data, HOST, PORT, VIEWER, ServingOptions.defaults());
    }

    /** Reads a configuration; a relative data folder counts from the file's folder. */
    public static NodeConfig read(Path file) throws IOException {
        YamlMap yaml = YamlMap.read(file);
        Path data = folder(yaml, file);
        String title = yaml.text("title").orElse(TITLE);
        Optional<String> baseUrl = checked(yaml, "base-url", NodeConfig::base, BASE_EXPECTED);
        Optional<YamlMap> server = yaml.map("server");
        yaml.finish();
        NodeConfig config = new NodeConfig(title, baseUrl, data, HOST, PORT, VIEWER, ServingOptions.defaults());
        return server.isPresent() ? config.with(server.get(), file) : config;
    }

    private static Path folder(YamlMap yaml, Path file) throws ConfigException {
        String data = yaml.requireText("data");
        try {
            return file.toAbsolutePath().resolveSibling(data);
        } catch (InvalidPathException e) {
            throw yaml.wrong("data", "a folder", data);
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
                ServerKeys.read(server, file, options));
        server.finish();
        return config;
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
                options);
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
        return new ServerSettings(data, host, port, title, baseUrl, Installation.viewer(), viewerUrl, options);
    }
}
