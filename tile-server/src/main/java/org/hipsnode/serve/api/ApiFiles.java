package org.hipsnode.serve.api;

import java.nio.charset.StandardCharsets;
import org.hipsnode.serve.text.Template;

/** The files for programs that are the same on every node. */
public final class ApiFiles {
    private static final byte[] OPEN_API = Template.bytes(ApiFiles.class, "openapi.json");

    private ApiFiles() {}

    /** Returns the description of the node's addresses in OpenAPI 3.1. */
    public static byte[] openApi() {
        return OPEN_API.clone();
    }

    /** Returns what robots are asked to leave alone: files in their millions tell a search engine nothing; pages do. */
    public static byte[] robots() {
        return """
                User-agent: *
                Disallow: /*/Norder
                Disallow: /*/.hipsnode/
                Disallow: /*/HpxFinder/
                Allow: /
                """.getBytes(StandardCharsets.UTF_8);
    }
}
