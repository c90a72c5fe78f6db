package org.hipsnode.serve.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.text.Markup;
import org.hipsnode.serve.text.Template;

/** The list of a folder's files, for people and for programs that copy trees by their links. */
public final class FolderPage {
    private static final Template PAGE = Template.beside(FolderPage.class, "folder.html");

    private FolderPage() {}

    /**
     * Returns the page.
     *
     * @param path of the folder on this node
     * @param names of what is in it, folders with a slash at their ends
     */
    public static byte[] of(String path, List<String> names) {
        return PAGE.fill(Map.of("path", Markup.escape(path), "links", links(names)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns links to what is in the folder of a page, one to a line. */
    static String links(List<String> names) {
        return names.stream().map(FolderPage::link).collect(Collectors.joining("\n"));
    }

    private static String link(String name) {
        String address = WebAddress.encode(name);
        // what stands before a colon would be taken for a scheme
        return Html.link(address.contains(":") ? "./" + address : address, name);
    }
}
