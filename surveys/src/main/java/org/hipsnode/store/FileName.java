package org.hipsnode.store;

import java.nio.charset.StandardCharsets;

/** The names that a survey's files may have. */
public final class FileName {
    private static final int MAX_LENGTH = 1024;

    /** What Linux's file systems hold, in bytes. */
    private static final int MAX_PART_BYTES = 255;

    private FileName() {}

    /**
     * Tells whether a name is safe: parts of printable characters joined by single slashes, none of them {@code .} or
     * {@code ..} or hidden or longer than file systems allow, no backslash.
     */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (String part : name.split("/", -1)) {
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
