package org.hipsnode.node.config;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hipsnode.config.ConfigException;
import org.hipsnode.config.YamlMap;
import org.hipsnode.serve.http.ServerSettings;

/**
 * What a node is and serves: {@code node.yaml}, or its flags.
 *
 * @param title of its page
 * @param baseUrl its public address, without slash at the end
 * @param data folder beneath which the surveys lie
 * @param host address to listen at
 * @param port port to listen at
 * @param viewerUrl where pages load Aladin Lite from if it is not installed with the program
 */
public record NodeConfig(String title, Optional<String> baseUrl, Path data, String host, int port, String viewerUrl) {
    private static final String TITLE = "HiPS node";
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 8080;
    private static final String VIEWER = "https://aladin.cds.unistra.fr/AladinLite/api/v3/latest/aladin.js";

    /** Returns the configuration of a folder that is served as it is. */
    public static NodeConfig ofFolder(Path data) {
        return new NodeConfig(TITLE, Optional.empty(), data, HOST, PORT, VIEWER);
    }

    /** Reads a configuration; a relative data folder counts from the file's folder. */
    public static NodeConfig read(Path file) throws IOException {
        YamlMap yaml = YamlMap.read(file);
        Path data = file.toAbsolutePath().resolveSibling(yaml.requireText("data"));
        Optional<YamlMap> server = yaml.map("server");
        NodeConfig config = new NodeConfig(
                yaml.text("title").orElse(TITLE),
                url(yaml, "base-url"),
                data,
                server.isPresent() ? server.get().text("host").orElse(HOST) : HOST,
                server.isPresent() ? server.get().integer("port", 0, 65_535).orElse(PORT) : PORT,
                server.isPresent() ? url(server.get(), "viewer-url").orElse(VIEWER) : VIEWER);
        if (server.isPresent()) {
            server.get().finish();
        }
        yaml.finish();
        return config;
    }

    private static Optional<String> url(YamlMap yaml, String key) throws ConfigException {
        Optional<String> text = yaml.text(key);
        if (text.isPresent() && !isWeb(text.get())) {
            throw yaml.wrong(key, "an address of http or https", text.get());
        }
        return text.map(NodeConfig::withoutSlash);
    }

    private static boolean isWeb(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
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
        if (chosenPort < 0 || chosenPort > 65_535) {
            throw new ConfigException("--port must be 0 to 65535, found " + chosenPort);
        }
        for (Optional<String> address : java.util.List.of(newBaseUrl, newViewerUrl)) {
            if (address.isPresent() && !isWeb(address.get())) {
                throw new ConfigException("expected an address of http or https, found '" + address.get() + "'");
            }
        }
        return new NodeConfig(
                newTitle.orElse(title),
                newBaseUrl.map(NodeConfig::withoutSlash).or(() -> baseUrl),
                data,
                newHost.orElse(host),
                chosenPort,
                newViewerUrl.orElse(viewerUrl));
    }

    public ServerSettings settings() {
        return new ServerSettings(data, host, port, title, baseUrl, Installation.viewer(), viewerUrl);
    }
}
