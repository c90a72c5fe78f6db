package org.hipsnode.serve.answer;

import java.util.Locale;
import java.util.Map;

/** Media types of the files of a node (standards.md §9.1). */
public final class MediaTypes {
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("fits", "application/fits"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("tsv", "text/tab-separated-values; charset=utf-8"),
            Map.entry("xml", "application/x-votable+xml"),
            Map.entry("json", "application/json"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", TEXT),
            Map.entry("md", TEXT));

    private MediaTypes() {}

    /** Tells whether a file is worth compressing: texts and coverages are; pictures are compressed, floats hardly can be. */
    public static boolean isCompressible(String name) {
        String type = of(name);
        return type.startsWith("text/")
                || type.endsWith("xml")
                || type.equals("application/json")
                || name.equals("Moc.fits")
                || name.equals("SMoc.fits");
    }

    public static String of(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        if (dot < 0) {
            // properties, and the progenitor lists of HpxFinder
            return TEXT;
        }
        return BY_EXTENSION.getOrDefault(file.substring(dot + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
    }
}
