package org.hipsnode.store;

import java.nio.charset.StandardCharsets;

/** The names that a survey's files may have. */
public final class FileName {
    /** The one hidden folder in which a survey has files: the manifest's, which other programs pass over. */
    public static final String OWN_FOLDER = ".hipsnode";

    private static final int MAX_LENGTH = 1024;

    /** What Linux's file systems hold, in bytes. */
    private static final int MAX_PART_BYTES = 255;

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private FileName() {}

    /**
     * Tells whether a name is safe: parts of printable characters joined by single slashes, none of them {@code .} or
     * {@code ..} or hidden or longer than file systems allow, no backslash; the first may be {@link #OWN_FOLDER}.
     */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        int start = name.startsWith(OWN_FOLDER + "/") ? OWN_FOLDER.length() + 1 : 0;
        for (int slash = name.indexOf('/', start); slash >= 0; slash = name.indexOf('/', start)) {
            if (!isPart(name, start, slash)) {
                return false;
            }
            start = slash + 1;
        }
        return isPart(name, start, name.length());
    }

    private static boolean isPart(String name, int start, int end) {
        if (start == end || name.charAt(start) == '.') {
            return false;
        }
        for (int i = start, c; i < end; i += Character.charCount(c)) {
            c = name.codePointAt(i);
            if (isForbidden(c)) {
                return false;
            }
        }
        return end - start <= MAX_PART_BYTES / MOST_BYTES_OF_A_CHAR
                || name.substring(start, end).getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES;
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint < ' '
                || codePoint == 127
                || codePoint == '\\'
                || (codePoint > 127 && Character.getType(codePoint) == Character.SURROGATE);
    }

    /** Returns a name that is safe, or refuses it. */
    public static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not the name of a survey's file: '" + name + "'");
        }
        return name;
    }
}
