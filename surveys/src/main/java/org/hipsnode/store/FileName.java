package org.hipsnode.store;

import java.nio.charset.StandardCharsets;

/** The names that a survey's files may have. */
public final class FileName {
    /** The one hidden folder in which a survey has files: the manifest's, which other programs pass over. */
    public static final String OWN_FOLDER = ".hipsnode";

    private static final int MAX_LENGTH = 1024;

    /** What Linux's file systems hold, in bytes. */
    private static final int MAX_PART_BYTES = 255;

    private FileName() {}

    /**
     * Tells whether a name is safe: parts of printable characters joined by single slashes, none of them {@code .} or
     * {@code ..} or hidden or longer than file systems allow, no backslash; the first may be {@link #OWN_FOLDER}.
     */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        String shown = name.startsWith(OWN_FOLDER + "/") ? name.substring(OWN_FOLDER.length() + 1) : name;
        for (String part : shown.split("/", -1)) {
            if (part.isEmpty()
                    || part.startsWith(".")
                    || part.codePoints().anyMatch(FileName::isForbidden)
                    || part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
                return false;
            }
        }
        return true;
    }

    private static boolean isForbidden(int codePoint) {
        return codePoint < ' '
                || codePoint == 127
                || codePoint == '\\'
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** Returns a name that is safe, or refuses it. */
    public static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not the name of a survey's file: '" + name + "'");
        }
        return name;
    }
}
