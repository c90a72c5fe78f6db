package org.hipsnode.generate.write;

/** Texts of others on pages of ours. */
final class Html {
    private Html() {}

    /** Returns a text that is only text wherever it stands, in attributes too. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
