package org.hipsnode.serve.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hipsnode.serve.access.AccessSettings;
import org.hipsnode.serve.origin.OriginSettings;
import org.hipsnode.serve.receive.ReceiveSettings;

/**
 * What a server serves, and where.
 *
 * @param data folder beneath which the surveys lie
 * @param host address to listen at
 * @param port port to listen at; 0 for any free one
 * @param title of the node's page
 * @param baseUrl public address of the node without slash at its end; empty to tell it from each request
 * @param bundledViewer file of Aladin Lite's module; empty if it was not built in
 * @param viewerUrl where to load Aladin Lite from if it was not
 * @param options how it works
 * @param access who may see private surveys
 * @param cached remote surveys that are served as caches
 * @param receive who may push surveys here
 */
public record ServerSettings(
        Path data,
        String host,
        int port,
        String title,
        Optional<String> baseUrl,
        Optional<Path> bundledViewer,
        String viewerUrl,
        ServingOptions options,
        AccessSettings access,
        List<OriginSettings> cached,
        ReceiveSettings receive) {

    /** Returns these settings with what can become another while a server runs. */
    public ServerSettings with(String otherTitle, Optional<String> otherBaseUrl, List<OriginSettings> otherCached) {
        return new ServerSettings(
                data,
                host,
                port,
                otherTitle,
                otherBaseUrl,
                bundledViewer,
                viewerUrl,
                options,
                access,
                otherCached,
                receive);
    }

    /** Returns settings that work in the way that suits the machine: no private, remote or pushed surveys. */
    public ServerSettings(
            Path data,
            String host,
            int port,
            String title,
            Optional<String> baseUrl,
            Optional<Path> bundledViewer,
            String viewerUrl) {
        this(
                data,
                host,
                port,
                title,
                baseUrl,
                bundledViewer,
                viewerUrl,
                ServingOptions.defaults(),
                AccessSettings.NOBODY,
                List.of(),
                ReceiveSettings.NOBODY);
    }
}
