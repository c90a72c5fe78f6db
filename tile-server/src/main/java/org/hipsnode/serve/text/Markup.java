package org.hipsnode.serve.text;

/** What makes a text safe inside HTML and XML, in attributes too. */
public final class Markup {
    private static final char REPLACEMENT = '\ufffd';

    private Markup() {}

    /** Returns the text with every character that means something to HTML or XML escaped, and those that neither allows replaced. */
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(safe, c));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
        }
    }

    /** Tells whether XML 1.0 §2.2 allows a character; the controls from 127 on confuse readers too. */
    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c < 0x7f)
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }

    /** Returns the beginning of a text, with an ellipsis if anything was left out. */
    public static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, length)).stripTrailing() + "…";
    }
}
