package org.hipsnode.serve.page;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;

/**
 * What all pages of a node have in common.
 *
 * @param node its title
 * @param viewer address of Aladin Lite's module
 * @param note what to tell visitors about the viewer; may be empty
 */
public record Shell(String node, String viewer, String note) {
    private static final Template PAGE = Template.beside(Shell.class, "shell.html");

    /** Returns a file that the pages need, which comes with the program. */
    public static byte[] resource(String name) {
        return Template.bytes(Shell.class, name);
    }

    /**
     * Returns a page.
     *
     * @param title as text
     * @param body as HTML
     */
    byte[] page(String title, String kind, String body) {
        Map<String, String> values = Map.of(
                "title", Markup.escape(title),
                "kind", kind,
                "viewer", Markup.escape(viewer),
                "script_origin", Markup.escape(origin()),
                "body", body);
        return PAGE.fill(values).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whence scripts may come beside this node. */
    private String origin() {
        return WebAddress.parse(viewer)
                .map(address ->
                        address.uri().getScheme() + "://" + address.uri().getRawAuthority())
                .orElse("");
    }
}
