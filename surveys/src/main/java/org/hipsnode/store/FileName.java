package org.hipsnode.store;

/** The names that a survey's files may have. */
public final class FileName {
    private static final int MAX_LENGTH = 1024;

    private FileName() {}

    /**
     * Tells whether a name is safe: parts of printable characters joined by single slashes, none of them {@code .} or
     * {@code ..} or hidden, no backslash.
     */
    public static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty()
                    || part.startsWith(".")
                    || part.chars().anyMatch(c -> c < ' ' || c == 127 || c == '\\')) {
                return false;
            }
        }
        return true;
    }

    /** Returns a name that is safe, or refuses it. */
    public static String require(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not the name of a survey's file: '" + name + "'");
        }
        return name;
    }
}
